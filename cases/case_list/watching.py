"""关注 and 记一笔."""

from collections.abc import Iterable

from django.db import transaction

from cases.models import Case, CaseNote, Watch
from organisations import audit
from organisations.authors import Author


def watch(case: Case, *, wanted: bool, author: Author) -> None:
    """关注 or no longer; pressing twice changes nothing."""
    if wanted:
        Watch.objects.get_or_create(case=case, post=author.signer)
    else:
        Watch.objects.filter(case=case, post=author.signer).delete()


def watch_all(cases: Iterable[Case], *, author: Author) -> int:
    """关注 several; returns how many are new."""
    known = set(Watch.objects.filter(post=author.signer).values_list("case", flat=True))
    fresh = [Watch(case=case, post=author.signer) for case in cases if case.pk not in known]
    Watch.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def note(case: Case, text: str, *, key: str, author: Author) -> CaseNote:
    """A remark that the author's organisation reads in the timeline; the same key writes one."""
    made, fresh = CaseNote.objects.get_or_create(
        key=key,
        defaults={
            "case": case,
            "organisation": author.signer.organisation,
            "text": text,
            "written_at": author.at,
            "written_by": author.signer,
        },
    )
    if fresh:
        audit.record(author, "case.note", text[:100], about=case)
    return made
