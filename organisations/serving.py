"""Handing out kept files."""

from urllib.parse import quote

from django.http import HttpResponse

from organisations.files import read
from organisations.models import StoredFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(stored: StoredFile, name: str) -> HttpResponse:
    """A kept file under that name. Raises FileDamaged, which the middleware answers with its page (503)."""
    return download(read(stored), name, stored.media_type)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes that a browser saves under that name and never runs."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def inline(stored: StoredFile) -> HttpResponse:
    """A picture to be shown in a page. The caller makes sure that it is one; a browser runs nothing of it."""
    return picture(read(stored), stored.media_type)


def picture(content: bytes, media_type: str) -> HttpResponse:
    """The bytes of a picture, to be shown in a page."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
