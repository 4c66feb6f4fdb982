"""A row of an old ledger (历史台账), split into what it tells: the case, a hearing with who appeared, a decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.intake.row_facts import RowFacts
from courts.checking.rows import RowCheck, given
from courts.checking.sheet_rows import HELD, AppearanceRow, JudgmentRow, label_of
from courts.sheets import choices
from courts.sheets.ledger_columns import LEDGER_KIND
from courts.sheets.passed_over import DAYS
from lib.cell_values import clean_text
from rules.case_numbers import CaseNumber, ParsedNumbers
from rules.outcomes import JUDGMENT, MEDIATION, RULING

DATED = DAYS | {"裁判结果", "文书类型"}  # in which 审理中 and 未开庭 stand for nothing
DECIDED = ("裁判日期", "裁判结果")
NAMED_IN = {JUDGMENT: "判", RULING: "裁", MEDIATION: "调解"}  # 判决…, 维持原判; 裁定…, 维持原裁定
Parts = tuple[dict[str, Any], dict[str, Any]]


class LedgerRow(AppearanceRow, JudgmentRow):
    """历史台账: read with the same checks as the sheets of a notification; what a row lacks is not told."""

    kind = LEDGER_KIND

    def needs(self, column: str) -> bool:
        return True

    def _told(self, numbers: ParsedNumbers | None) -> RowFacts | None:
        number = numbers.first if numbers else None
        filed_on = self._happened("立案日期")
        hearing, appearance = self._heard(number, filed_on)
        decision, outcome = self._judged(number, filed_on)
        on = decision.get("decided_on") or hearing.get("day") or filed_on
        parts = {"hearing": hearing, "appearance": appearance, "decision": decision, "outcome": outcome}
        parts["case"] = self._case(number, filed_on)
        parts["obligation"] = self._obligation() | self._performance() if outcome else {}
        agencies = self._agencies("被诉行政机关", on)
        if numbers is None:
            return None
        return self._facts(numbers, agencies, series=label_of(self.text("合并审理组")), **parts)

    def _case(self, number: CaseNumber | None, filed_on: date | None) -> dict[str, Any]:
        told = given(
            cause=self.text("案由"),
            plaintiffs=self.text("原告"),
            third_parties=self.text("第三人"),
            judge=self.text("承办法官"),
            filed_on=filed_on,
        )
        return RowCheck._instance(self, number) | self._origin() | told

    def _heard(self, number: CaseNumber | None, filed_on: date | None) -> Parts:
        """The hearing and who appeared at it; a ledger tells of days past, so a day is that of a hearing held."""
        attended = self.yes_no("负责人是否出庭")
        if self._value("开庭日期") is None:
            if attended is not None and "开庭日期" not in self.faulty:
                self.fault("appearance_undated", "负责人是否出庭")
            return {}, {}
        day, state = self._set_for(number, filed_on)
        hearing = {"day": day, "state": state} | given(
            room=self.text("法庭"), mode=self.choice("开庭方式", choices.MODES)
        )
        if state != HELD or attended is None:
            self._note_untold(state)
            return hearing, {}
        return hearing, self._appearance()

    def _note_untold(self, state: str | None) -> None:
        """Somebody is named, and whether that was the head is left open."""
        if state == HELD and self.text("出庭负责人姓名") and "负责人是否出庭" not in self.faulty:
            self.fault("attendance_untold", "出庭负责人姓名")

    def _absence(self) -> dict[str, Any]:
        """Who is named beside an absence is whoever came in place of the head, and no head."""
        reason = self.text("未出庭理由")
        return {"absence_reason": reason, "absence_ground": choices.absence_ground(reason)} if reason else {}

    def _judged(self, number: CaseNumber | None, filed_on: date | None) -> Parts:
        """The decision and its outcome; nothing where the row tells of none yet. Day and result need each other."""
        blank = [column for column in DECIDED if self._value(column) is None]
        if len(blank) == len(DECIDED):
            return {}, {}
        for column in blank:
            self.fault("required_missing", column)
        decided_on = self._happened("裁判日期")
        self._check_day("裁判日期", decided_on, number, filed_on)
        instance = RowCheck._instance(self, number).get("instance", "")
        document = self._document() or self._document_meant(instance)
        told = {"kind": document, "ordinal": (number and number.document) or 0}
        return self._decision(decided_on) | told, self._outcome(document, instance)

    def _document_meant(self, instance: str) -> str:
        """The kind of document that the result itself tells, where the ledger does not say it."""
        word = self.text("裁判结果")
        if not word or "文书类型" in self.faulty:
            return ""
        said = [kind for kind, name in NAMED_IN.items() if name in word]
        possible = said if len(said) == 1 else self._possible(word, instance)
        if len(possible) == 1:
            return possible[0]
        code = "document_unclear" if possible else "outcome_unknown"
        self.fault(code, "裁判结果", why="还是".join(possible))
        return ""

    def _possible(self, word: str, instance: str) -> list[str]:
        """The kinds of document by which such a result is given; 驳回起诉 is never given by a judgment."""
        instances = [instance] if instance else ["first", "second", "retrial"]
        table = self.context.law.outcomes
        found = [kind for kind in NAMED_IN if any(table.match(word, kind, each) for each in instances)]
        return [kind for kind in found if not (kind == JUDGMENT and "驳回起诉" in word)]

    def _performance(self) -> dict[str, Any]:
        """Whether it was performed, and when; other words than the known ones are kept as they are."""
        word, done_on = self.text("履行情况"), self._happened("履行日期")
        state = choices.choose(word, choices.PERFORMANCE) if word else ""
        if state is None:
            self.fault("performance_unread", "履行情况", why="已履行、部分履行、未履行、履行中、无履行内容")
        return given(state=state, performed_on=done_on, proof=word if state is None else "")

    def _happened(self, column: str) -> date | None:
        day = self.day(column)
        self._check_happened(column, day)
        return day

    # How ledgers write what they mean

    def _value(self, column: str) -> Any:
        value = super()._value(column)
        return None if column in DATED and clean_text(value) in choices.NOT_YET else value

    def yes_no(self, column: str) -> bool | None:
        """是 or 否, or what it comes to: 胜诉, 已生效."""
        said = choices.YES_NO.get(clean_text(self.row.values.get(column)))
        return super().yes_no(column) if said is None or column in self.faulty else said

    def _check_courts(self, numbers: Sequence[CaseNumber]) -> None:
        """A ledger has the cases of several courts, each in a row of its own; which one, the number says."""
        courts = dict.fromkeys(self.context.court_of.get(number.court) for number in numbers)
        for number in numbers:
            self._check_year("案号", number)
            if number.court not in self.context.court_of:
                self.fault("court_unlisted", "案号", why=number.court)
        if len(courts) > 1:
            names = (self.context.court_names[court] for court in courts if court)
            self.fault("several_courts", "案号", why="、".join(names))
