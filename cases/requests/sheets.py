"""A paper in the making: the form of its kind, what it is about, and whether it is ready to be handed in."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.urls import reverse

from cases.models import Lane, LeaderNotice, PaperReview
from cases.papers.drafts import Place, draft_of, newest_version, values_of
from cases.papers.form import IN_GROUP, PaperForm
from cases.papers.handing_in import Along, Finished, files_of
from cases.papers.judgment_filing import StatedDecision
from cases.papers.kinds import KINDS
from cases.papers.known_facts import RECORD, facts_of
from cases.papers.matters import Matter, NoMatter
from cases.papers.review import standing_return
from cases.papers.submission import Submission, day_faults
from cases.requests.lanes import open_deadline, under
from organisations.clock import today
from organisations.models import Head
from organisations.requests import SignedInRequest, author_of, id_in


class Sheet:
    """One paper of one lane, with its draft, its open deadline and the return that it answers."""

    def __init__(self, request: SignedInRequest, lane: Lane, kind: str) -> None:
        self.request, self.lane, self.kind = request, lane, KINDS[kind]
        self.matter = self._matter()
        self.author = author_of(request)
        self.subject = Submission(kind, {}, "", **self.matter.about()).subject
        self.place = Place(lane, kind, self.subject)
        self.draft = draft_of(self.place)
        self.before = newest_version(self.place)
        self.returned = standing_return(self.before)
        self.deadline = self._deadline()
        self.title = self.kind.label

    def _matter(self) -> Matter:
        try:
            return self.kind.find_matter(self.lane, id_in(self.request.GET.get("about")))
        except NoMatter as error:
            raise Http404 from error

    def _form(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> PaperForm:
        heads = Head.objects.filter(organisation=self.lane.organisation_id).in_office(on=today())
        form = self.kind.form(data, initial=initial, heads=heads, decision=self.matter.decision)
        del form.fields["attachments"]  # files are kept with the draft
        if self.returned:
            form.reopen(self.returned.paper.content, self.returned.comments)
        if self.deadline and self.deadline.due_on >= self.author.handed_in_on:
            del form.fields["late_code"], form.fields["late_reason"]
        return form

    def _bound(self) -> PaperForm:
        """The form with what the draft holds."""
        assert self.draft is not None
        typed = QueryDict(mutable=True)
        for name, values in self.draft.typed.items():
            typed.setlist(name, values)
        return self._form(typed)

    def _initial(self) -> dict[str, Any]:
        """The draft; without one what the last version said, and what the record knows."""
        if self.draft:
            return values_of(self.draft)
        known: dict[str, Any] = {"reported_on": today()}
        if self.matter.decision:
            known["received_on"] = self.matter.decision.delivered_on
        return known | (self.before.content | self._approval_before() if self.before else {})

    def _approval_before(self) -> dict[str, Any]:
        """The version before was confirmed online: the correction is put before the same head."""
        asked = self.before.leader_notices.filter(kind=LeaderNotice.Kind.APPROVAL) if self.before else None
        approval = asked.first() if asked is not None else None
        return {"approval": "leader", "approver": approval.head_id} if approval else {}

    def _earlier_files(self) -> list[str]:
        """The files of the version before, which the first save takes over."""
        return [one.name for one in self.before.files.all()] if self.before else []

    def _is_ready(self, form: PaperForm) -> bool:
        """Valid, with days that can be, its files and the reason of being late; all faults are told at once."""
        assert self.draft is not None
        form.is_valid()
        for name, message in day_faults(self.lane, self.kind, form.cleaned_data, on=today()).items():
            if name in form.fields and name not in form.errors and not self._kept(form, name):
                form.add_error(name, message)
        if form.wants_files and not self.draft.files.all():
            form.add_error(None, form.wants_files)
        if self.deadline and self.deadline.due_on < self.author.handed_in_on and not form.late():
            form.add_error("late_code", self._how_late())
        if self.returned and form.is_valid() and self._is_unchanged(form, self.returned):
            form.add_error(None, "补正意见所列的项目还没有改动，也没有增加附件。")
        return form.is_valid()

    def _kept(self, form: PaperForm, name: str) -> bool:
        """Whether a measure stands with its day as in the version before: what was right then is not asked again."""
        if not name.startswith("due_") or self.before is None:
            return False
        before, said = self.before.content, form.content()
        row = name.removeprefix("due_")
        return all(said.get(part) == before.get(part) for part in (name, f"measure_{row}"))

    def finished(self) -> Finished:
        """The draft as a finished paper with what comes along. Raises ValidationError with all that is to be mended."""
        form = self._bound()
        if not self._is_ready(form):
            raise ValidationError({name: list(errors) for name, errors in form.errors.items()})
        return Finished(self._submission(form), self._along(form))

    def _how_late(self) -> str:
        days = (self.author.handed_in_on - self.deadline.due_on).days
        return f"已超过规定期限 {days} 天（应于 {self.deadline.due_on}）。仍可补报，请说明原因。"

    def _is_unchanged(self, form: PaperForm, returned: PaperReview) -> bool:
        assert self.draft is not None
        said, before = form.content(), returned.paper.content
        files = {page.file_id for page in self.draft.files.all()}
        same_files = files == {page.file_id for page in returned.paper.files.all()}
        named = [name for name in said if IN_GROUP.get(name, name) in returned.comments]
        return same_files and all(said[name] == before.get(name) for name in named)

    def _submission(self, form: PaperForm) -> Submission:
        assert self.draft is not None
        facts = [list(fact) for fact in facts_of(self.lane, self.kind, self.matter)]
        return Submission(
            kind=self.kind.key,
            content=form.content() | {RECORD: facts},
            key=self.draft.key,
            late_reason=form.late(),
            attachments=files_of(self.draft),
            **self.matter.about(),
        )

    def _along(self, form: PaperForm) -> Along:
        said = form.cleaned_data
        stated = (
            StatedDecision(said["kind"], said["decided_on"], said["code"]) if "decided_on" in said else None
        )
        return Along(
            leaders=list(said.get("leaders") or ()),
            stated=stated,
            claims=form.claims(),
            measures=form.measures(),
            signed_online=said.get("approval") == "leader",
        )

    def _deadline(self) -> Any:
        if self.returned:
            return open_deadline(self.lane, "paper_correction", f"review:{self.returned.pk}")
        return open_deadline(self.lane, self.kind.rule, self.subject)

    def _here(self, *, check: bool = False) -> str:
        query = [f"about={self.subject.partition(':')[2]}"] if self.subject else []
        query += ["check=1"] if check else []
        page = reverse(f"cases:{self.kind.page}", args=[self.lane.pk])
        return under(self.request, f"{page}?{'&'.join(query)}" if query else page)
