"""The events of a year played on the product, through its use cases, with the day as a parameter."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from time import process_time
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError
from django.test import override_settings

from cases.deadlines import orders
from cases.decisions import appeals
from cases.hearings import nominations
from cases.law import forget_law
from cases.material import returns, signing
from cases.models import (
    Case,
    Deadline,
    Decision,
    Hearing,
    Incoming,
    Lane,
    MaterialReturn,
    Nomination,
    Obligation,
    Paper,
    PerformanceEntry,
)
from cases.papers import judgment_filing, review, submission
from cases.papers.submission import Submission
from cases.performance import log
from cases.work_calendar.notices import approve_notice, enter_notice
from courts.models import Upload
from courts.notifications.confirmation import Refused, confirm
from courts.uploads.background import check_again
from courts.uploads.corrections import affirm_rows
from courts.uploads.planning import month_of, plan_upload
from organisations.files import Attachment
from supervision.sweep.sweeping import sweep
from tests.year.calendar import arrangement
from tests.year.desk import ACTS, Desk
from tests.year.events import OFFICES, Amendment, Deed, Event, Notification
from tests.year.scene import Scene, workbook_of

SCAN = Attachment("材料.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
KINDS = {
    "leader_report": Paper.Kind.LEADER_REPORT,
    "defence_report": Paper.Kind.DEFENCE_REPORT,
    "filing": Paper.Kind.JUDGMENT_FILING,
    "effect_confirmation": Paper.Kind.EFFECT_CONFIRMATION,
    "lost_report": Paper.Kind.LOST_CASE_REPORT,
    "absence": Paper.Kind.ABSENCE,
    "advice_reply": Paper.Kind.ADVICE_REPLY,
}
LATER_WORD = "later_word"
CITY_OFFICE = OFFICES["371600"]


class Player:
    """Plays events one by one; `spent` is the processor time by month and kind of work."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.keys = scene, 0
        self.spent: Counter[tuple[str, str]] = Counter()
        self.remarks: list[str] = []

    def morning(self, day: date) -> None:
        """The sweep, before anybody acts."""
        self.scene.begin(day)
        with override_settings(EMAIL_URL="smtp://nowhere"):  # mail is written, and goes nowhere
            self.timed("sweep", lambda: sweep(on=day, author=self.scene.author(None), law=self.scene.law))

    def take(self, event: Event) -> str:
        """One event; returns why the product refuses it, or nothing."""
        acts: dict[type, Callable[[Any], None]] = {
            Notification: self._tell, Amendment: self._amend, Deed: self._do,
        }  # fmt: skip
        kind = "upload" if isinstance(event, Notification) else "deeds"
        try:
            self.timed(kind, lambda: acts[type(event)](event))
        except (ValidationError, PermissionDenied, Refused, LookupError, ObjectDoesNotExist) as refused:
            return str(getattr(refused, "messages", [str(refused)])[0]) or "refused"
        except IntegrityError as broken:
            return f"BROKEN: {broken}"
        return ""

    def timed(self, what: str, act: Callable[[], object]) -> None:
        """Do it and add the processor time it took to the month."""
        start = process_time()
        try:
            act()
        finally:
            self.spent[f"{self.scene.day:%Y-%m}", what] += process_time() - start

    def _by(self, post: Any) -> dict[str, Any]:
        return {"author": self.scene.author(post), "law": self.scene.law}

    # Courts

    def _tell(self, sent: Notification) -> None:
        """Planned, what is asked about new defendants affirmed, confirmed."""
        clerk = self.scene.clerks[sent.court]
        upload = plan_upload(
            workbook_of(sent.rows),
            name=f"{sent.court}-{sent.month}.xlsx",
            court=clerk.organisation,
            month=month_of(sent.month),
            is_addition=sent.addition,
            **self._by(clerk),
        )
        upload = self._affirmed(upload, clerk)
        self._note_held(upload, sent)
        confirm(upload, **self._by(clerk))

    def _affirmed(self, upload: Upload, clerk: Any) -> Upload:
        asked = {
            (one["sheet"], one["row"], one["code"])
            for one in upload.report.get("issues", [])
            if one.get("asks") and one["code"] != LATER_WORD
        }
        if not asked:
            return upload
        affirm_rows(upload, asked, author=self.scene.author(clerk))
        return check_again(upload, **self._by(clerk))

    def _note_held(self, upload: Upload, sent: Notification) -> None:
        """Every row is taken but those with a typo."""
        held = sum(sheet["held"] for sheet in upload.report.get("sheets", []))
        wrong = sum(bool(row.typo) for row in sent.rows)
        if held != wrong or upload.state == Upload.State.REFUSED:
            issues = [(one["code"], one["row"], one["message"]) for one in upload.report.get("issues", [])]
            told = f"{sent.day} {sent.court} {sent.month}"
            self.remarks.append(
                f"{told}: {held} rows held, {wrong} with a typo {upload.refusal} {issues[:3]}"
            )

    def _amend(self, event: Amendment) -> None:
        """A further notice on holidays, entered by one person and approved by another."""
        ranges = arrangement(event.off, event.worked)
        entered = enter_notice(
            year=2026, published_on=event.published_on, notice="国办发明电〔2026〕1号", ranges=ranges,
            author=self.scene.author(self.scene.posts[CITY_OFFICE, "clerk"]),
        )  # fmt: skip
        head = self.scene.posts[CITY_OFFICE, "chief"]
        approve_notice(entered, author=self.scene.author(head), earlier_allowed=True)
        forget_law()

    # Agencies and offices

    def _do(self, deed: Deed) -> None:
        if deed.what in ACTS:
            Desk(self.scene).do(deed)
            return
        lane = Lane.objects.select_related("case", "organisation__region").get(
            case__number=deed.case, organisation__code=deed.agency
        )
        act: Callable[[Deed, Lane], object] = getattr(self, f"_{deed.what}", self._paper)
        act(deed, lane)

    def _key(self) -> str:
        self.keys += 1
        return f"year-{self.keys}"

    def _liaison(self, deed: Deed) -> dict[str, Any]:
        return self._by(self.scene.posts[deed.agency, "liaison"])

    def _office(self, deed: Deed) -> dict[str, Any]:
        return self._by(self.scene.office(deed.agency))

    def _sign(self, deed: Deed, lane: Lane) -> None:
        period = deed.about.get("period")
        told = {"basis": "court_set", "ends_on": period, "document": "举证通知书"} if period else None
        received = {"received_on": deed.about["received_on"], "method": "direct"}
        signing.sign_for_material(lane, period=told, **received, **self._liaison(deed))

    def _return(self, deed: Deed, lane: Lane) -> None:
        author = self._liaison(deed)["author"]
        returns.return_material(lane, reason="不是本单位的案件", suggested=None, author=author)

    def _reassign(self, deed: Deed, lane: Lane) -> None:
        waiting = MaterialReturn.objects.get(lane=lane, state=MaterialReturn.State.WAITING)
        owner = self.scene.organisations[deed.about["owner"]]
        returns.decide_return(waiting, owner=owner, note="查明", **self._office(deed))

    def _paper(self, deed: Deed, lane: Lane) -> None:
        """A paper; a late one says why."""
        content = {name: str(day) for name, day in deed.about.items() if name.endswith("_on")}
        if deed.what == "leader_report":
            content["reported_on"] = str(deed.day)
        told = Submission(
            KINDS[deed.what], {"summary": "概况"} | content, self._key(), late_reason="材料在审签",
            attachments=(SCAN,), **self._about(deed, lane),
        )  # fmt: skip
        if deed.what == "filing":
            judgment_filing.file_judgment(lane, told, stated=None, **self._liaison(deed))
        else:
            submission.submit(lane, told, **self._liaison(deed))

    def _about(self, deed: Deed, lane: Lane) -> dict[str, Any]:
        if "hearing" in deed.about:
            return {"hearing": _hearing(lane.case, deed.about["hearing"])}
        if "document" in deed.about:
            return {"decision": _decision(lane, deed)}
        if "letter" in deed.about:
            return {"incoming": Incoming.objects.get(lane=lane, document=deed.about["letter"])}
        return {}

    def _send_back(self, deed: Deed, lane: Lane) -> None:
        sent = Paper.objects.filter(lane=lane, kind=KINDS[deed.about["paper"]]).order_by("-version").first()
        if sent is None:
            raise LookupError("no such paper")
        comments = {"summary": "写明事由"}
        review.review(sent, verdict="returned", note="", comments=comments, **self._office(deed))

    def _name(self, deed: Deed, lane: Lane) -> None:
        hearing = _hearing(lane.case, deed.about["hearing"])
        head = self.scene.heads[deed.agency][deed.about["head"]]
        nominations.name_head(lane, hearing, head, reason="另有安排", **self._liaison(deed))

    def _decline(self, deed: Deed, lane: Lane) -> None:
        hearing = _hearing(lane.case, deed.about["hearing"])
        standing = Nomination.objects.get(lane=lane, hearing=hearing, replaced_at=None)
        nominations.decline_head(standing, reason="出差", **self._liaison(deed))

    def _appeal(self, deed: Deed, lane: Lane) -> None:
        told = appeals.AppealDetails(deed.about["choice"], deed.about["decided_on"])
        appeals.decide_appeal(_decision(lane, deed), lane, told, **self._liaison(deed))

    def _order(self, deed: Deed, lane: Lane) -> None:
        days = {name: deed.about.get(name) for name in ("ends_on", "first")}
        told = orders.Order(deed.about["kind"], "court", "通知书", **days)
        orders.order(_deadline(lane, deed), told, **self._office(deed))

    def _resume(self, deed: Deed, lane: Lane) -> None:
        told = {"last": deed.about["last"], "document": "恢复审理通知"}
        orders.resume(_deadline(lane, deed), **told, **self._office(deed))

    def _perform(self, deed: Deed, lane: Lane) -> None:
        owed = Obligation.objects.get(lane=lane, outcome__decision=_decision(lane, deed))
        same = False if owed.kind == "redo" else None
        line = log.LogLine("done", deed.about["happened_on"], "已履行", self._key(), (SCAN,), same)
        log.enter(owed, line, **self._liaison(deed))

    def _ledger(self, deed: Deed, lane: Lane) -> None:
        owed = Obligation.objects.get(lane=lane, outcome__decision=_decision(lane, deed))
        line = log.LogLine(deed.about["kind"], deed.day, "再审裁定", self._key())
        log.enter(owed, line, **self._office(deed))

    def _check(self, deed: Deed, lane: Lane) -> None:
        waiting = PerformanceEntry.objects.filter(lane=lane, verdict="waiting").order_by("-pk").first()
        if waiting is None:
            raise LookupError("nothing waits")
        log.check_report(waiting, accepted=deed.about["accepted"], note="经核", **self._office(deed))


def _hearing(case: Case, day: date) -> Hearing:
    found = case.hearings.filter(day=day).first()
    if found is None:
        raise LookupError(f"no hearing on {day}")
    return found


def _decision(lane: Lane, deed: Deed) -> Decision:
    found = lane.case.decisions.filter(kind=deed.about["document"]).first()
    if found is None:
        raise LookupError("no such decision")
    return found


def _deadline(lane: Lane, deed: Deed) -> Deadline:
    """The duty that an order speaks of."""
    rule = deed.about["rule"]
    rules = ("answer", "answer_appeal") if rule == "answer" else (rule,)
    found = Deadline.objects.filter(lane=lane, rule__in=rules)
    if "hearing" in deed.about:
        found = found.filter(subject=f"hearing:{_hearing(lane.case, deed.about['hearing']).pk}")
    if "document" in deed.about:
        decision = _decision(lane, deed)
        owed = Obligation.objects.filter(lane=lane, outcome__decision=decision).first()
        found = found.filter(subject__in=[f"decision:{decision.pk}", f"obligation:{owed.pk if owed else 0}"])
    return found.get()
