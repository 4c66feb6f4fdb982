"""What people did about a case beside papers and facts: notes, ledger, leaders' answers (one question), 整改."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case as Choice
from django.db.models import CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat

from cases.models import Case, CaseNote, LeaderNotice, PerformanceEntry, RectificationMeasure
from organisations.models import Post


class Doing(NamedTuple):
    """One act: of which sort, when, by whom, with the code and the text that its sort has."""

    sort: str
    code: str
    at: datetime
    unit: str
    person: str
    text: str

    @property
    def words(self) -> str:
        """As the timeline says it."""
        return WORDS[self.sort](self.code, self.text)


def _with(head: str, text: str) -> str:
    return f"{head}：{text}" if text else head


WORDS: dict[str, Callable[[str, str], str]] = {
    "note": lambda code, text: f"记：{text}",
    "entry": lambda code, text: f"履行台账：{PerformanceEntry.Kind(code).label}，{text}",
    "check": lambda code, text: _with(f"核查履行：{PerformanceEntry.Verdict(code).label}", text),
    "asked": lambda code, text: f"{LeaderNotice.Kind(code).label}：呈{text}",
    "read": lambda code, text: _with("阅示", text or "已阅"),
    "approved": lambda code, text: _with("审签：同意", text),
    "refused": lambda code, text: _with("审签：退回修改", text),
    "done": lambda code, text: f"整改完成：{text}",
    "accepted": lambda code, text: f"整改验收：{text}",
}


def doings_of(case: Case, measures: Iterable[RectificationMeasure], actor: Post | None) -> list[Doing]:
    """The acts that the reader, who sees the case and these measures of it, may know of; in no order."""
    first, *others = _sources(case, actor)
    return [Doing(*row) for row in first.union(*others, all=True)] + list(_of_measures(measures))


def _sources(case: Case, actor: Post | None) -> Iterator[QuerySet[Any, Any]]:
    lanes = [lane.pk for lane in case.lanes.all()]
    notes = CaseNote.objects.visible_to(actor).filter(case=case)
    yield _rows(notes, "note", "", "written", "text")
    entries = PerformanceEntry.objects.filter(lane__in=lanes)
    yield _rows(entries.annotate(said=_with_mandate()), "entry", "kind", "entered", "said")
    yield _rows(entries.exclude(verdict_at=None), "check", "verdict", "verdict", "verdict_note")
    notices = LeaderNotice.objects.visible_to(actor).filter(lane__in=lanes)
    yield _rows(notices, "asked", "kind", "asked", "head__name")
    approvals = notices.filter(kind=LeaderNotice.Kind.APPROVAL)
    read = notices.filter(kind=LeaderNotice.Kind.REPORT).exclude(answered_at=None)
    for rows, sort in (
        (read, "read"), (approvals.filter(agreed=True), "approved"), (approvals.filter(agreed=False), "refused"),
    ):  # fmt: skip
        yield _rows(rows, sort, "kind", "answered", "opinion")


def _with_mandate() -> Choice:
    """The text of a line; with who entered it for whom, where an office did."""
    entered = Concat("text", Value("（"), "source__entry__words", Value("）"), output_field=CharField())
    return Choice(When(source__entry=None, then=F("text")), default=entered, output_field=CharField())


def _of_measures(measures: Iterable[RectificationMeasure]) -> Iterator[Doing]:
    for one in measures:
        if one.done_on and one.reported_at and one.reported_by:
            yield Doing("done", "", one.reported_at, *_who(one.reported_by), one.text)
        if one.accepted_at and one.accepted_by:
            yield Doing("accepted", "", one.accepted_at, *_who(one.accepted_by), one.text)


def _who(post: Post) -> tuple[str, str]:
    return post.organisation.short_name, post.user.name


def _rows(rows: QuerySet[Any], sort: str, code: str, act: str, text: str) -> QuerySet[Any, Any]:
    """The columns of a Doing; `act` is the stem of the fields that say when and by whom."""
    acts = rows.order_by().annotate(
        sort=Value(sort, CharField()), code=F(code) if code else Value("", CharField())
    )
    who = f"{act}_by"
    found: QuerySet[Any, Any] = acts.values_list(
        "sort", "code", f"{act}_at", f"{who}__organisation__short_name", f"{who}__user__name", text
    )
    return found
