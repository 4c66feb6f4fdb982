"""Writing a paper: the draft on the server, its pages, and who saved last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum

from cases.models import Draft, DraftFile, Lane, Paper, PaperFile
from cases.record.locks import lock_lanes
from lib.attachments import JPEG, turned
from organisations.authors import Author
from organisations.files import Attachment, read, store
from organisations.overtaken import Overtaken

MOST_FILES = 40
MOST_BYTES = 100 * 2**20
# What one unit may keep in papers and drafts together.
UNIT_QUOTA = 5 * 2**30


@dataclass(frozen=True, slots=True)
class Place:
    """Which paper is being written: its lane, its kind, and what it is about ("decision:7", or nothing)."""

    lane: Lane
    kind: str
    subject: str

    def fields(self) -> dict[str, Any]:
        """As the fields of a draft or of a paper."""
        return {"lane": self.lane, "kind": self.kind, "subject": self.subject}


def draft_of(place: Place) -> Draft | None:
    """The draft of a paper, if somebody of the unit has begun it."""
    found: Draft | None = (
        Draft.objects.filter(**place.fields())
        .select_related("saved_by__user")
        .prefetch_related("files__file")
        .first()
    )
    return found


def newest_version(place: Place) -> Paper | None:
    """The last version of the paper that was handed in."""
    found: Paper | None = Paper.objects.filter(**place.fields()).order_by("-version").first()
    return found


def new_key() -> str:
    """The key of a paper to be: the same however often its button is pressed."""
    return uuid4().hex


@transaction.atomic
def save_draft(
    place: Place,
    *,
    typed: Mapping[str, list[str]],
    key: str,
    revision: int,
    author: Author,
) -> Draft:
    """Keep what was typed, as it was typed. Raises Overtaken where somebody saved something else since `revision`."""
    lock_lanes([place.lane.pk])
    typed = {name: [value.replace("\0", "") for value in values] for name, values in typed.items()}
    draft = Draft.objects.filter(**place.fields()).first()
    if draft is None:
        draft = Draft(**place.fields(), key=key)
    elif draft.typed == typed:
        return draft
    elif draft.revision != revision:
        raise Overtaken(draft.typed, draft.revision, draft.saved_by.user.name)
    draft.typed = dict(typed)
    draft.revision += 1
    draft.saved_at, draft.saved_by = author.at, author.signer
    is_new = draft.pk is None
    draft.save()
    if is_new:
        _carry_files(draft, newest_version(place))
    return draft


def _carry_files(draft: Draft, before: Paper | None) -> None:
    """A corrected paper begins with the files of the version before."""
    files = before.files.all() if before else ()
    DraftFile.objects.bulk_create(
        DraftFile(draft=draft, file_id=one.file_id, name=one.name, position=one.position) for one in files
    )


@transaction.atomic
def add_files(draft: Draft, attachments: Iterable[Attachment], *, author: Author) -> None:
    """Put files behind those that are there. Raises ValidationError beyond 40 files, 100 MB, or the unit's quota."""
    Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    attachments = list(attachments)
    if attachments and _kept_by(draft.lane.organisation_id) > UNIT_QUOTA:
        raise ValidationError(f"本单位的附件已超过 {UNIT_QUOTA // 2**30} GB，请联系管理员扩容。")
    at = (draft.files.aggregate(last=Max("position"))["last"] or 0) + 1
    size = sum(draft.files.values_list("file__size", flat=True))
    for position, one in enumerate(attachments, start=at):
        size += len(one.content)
        if draft.files.count() >= MOST_FILES or size > MOST_BYTES:
            raise ValidationError(f"一份材料最多 {MOST_FILES} 个附件、共 {MOST_BYTES // 2**20} MB。")
        stored = store(one.content, media_type=one.media_type, at=author.at)
        DraftFile.objects.create(draft=draft, file=stored, name=one.name, position=position)


def _kept_by(organisation: int) -> int:
    """The bytes of all files of a unit's papers and drafts."""
    of_papers = PaperFile.objects.filter(paper__lane__organisation=organisation)
    of_drafts = DraftFile.objects.filter(draft__lane__organisation=organisation)
    return sum(rows.aggregate(size=Sum("file__size"))["size"] or 0 for rows in (of_papers, of_drafts))


@transaction.atomic
def move_file(draft: Draft, pk: int, step: int) -> None:
    """上移 (-1) or 下移 (+1) a page; at the end of the row nothing changes."""
    Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    pages = list(draft.files.all())
    at = next((n for n, page in enumerate(pages) if page.pk == pk), None)
    if at is None or not 0 <= at + step < len(pages):
        return
    pages[at], pages[at + step] = pages[at + step], pages[at]
    for position, page in enumerate(pages, start=1):
        page.position = position
    DraftFile.objects.bulk_update(pages, ["position"])


@transaction.atomic
def turn_file(draft: Draft, pk: int, *, author: Author) -> None:
    """Turn a photographed page a quarter to the right."""
    page = draft.files.select_related("file").filter(pk=pk).first()
    if page and page.is_picture:
        page.file = store(turned(read(page.file)), media_type=JPEG, at=author.at)
        page.save(update_fields=["file"])


def drop_file(draft: Draft, pk: int) -> None:
    """Take a page out of the draft."""
    draft.files.filter(pk=pk).delete()


def as_it_stands(draft: Draft) -> dict[str, Any]:
    """Everything a head approves: what was typed, and which files lie with it, by name and content."""
    files = [f"{page.name} {page.file_id}" for page in draft.files.all()]
    return dict(draft.typed) | {"attachments": files}


def handed_in(lane: Lane, key: str) -> Paper | None:
    """The paper that a draft with this key became."""
    found: Paper | None = Paper.objects.filter(lane=lane, submission_key=key).first()
    return found


def values_of(draft: Draft | None) -> dict[str, Any]:
    """What was typed, as a form shows it: one value, or a list where a field takes several."""
    typed = draft.typed if draft else {}
    return {name: values if len(values) > 1 else values[0] for name, values in typed.items() if values}
