"""Files that lie with a registration."""

from typing import Any

from organisations.authors import Author
from organisations.files import Attachment, store


def kept_fields(attachment: Attachment | None, author: Author) -> dict[str, Any]:
    """The file of a registration, kept, as the fields of its row."""
    if attachment is None:
        return {}
    stored = store(attachment.content, media_type=attachment.media_type, at=author.at)
    return {"file": stored, "file_name": attachment.name[:255]}
