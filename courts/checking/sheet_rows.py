"""A row of each of the three sheets, and what it tells."""

import hashlib
from datetime import date, time
from typing import Any

from cases.intake.row_facts import RowFacts
from courts.checking.rows import RowCheck, given, instance_of
from courts.sheets import choices
from lib.cell_values import ValueUnclear, clean_text, parse_yes_no, split_agencies
from rules.case_numbers import CaseNumber, CaseNumberInvalid, ParsedNumbers, parse_case_number
from rules.outcomes import JUDGMENT

HELD = "held"
LONGEST_LABEL, DIGEST = 100, 16


class ScheduleRow(RowCheck):
    """排庭."""

    kind = "schedule"

    def _told(self, numbers: ParsedNumbers | None) -> RowFacts | None:
        number = numbers.first if numbers else None
        day, hour = self._day_and_hour()
        self._check_ahead("开庭日期", day)
        self._check_day("开庭日期", day, number)
        plaintiffs, agencies = self._sides(number, day)
        case = self._instance(number) | given(
            cause=self.text("案由"),
            plaintiffs=plaintiffs,
            third_parties=self.text("第三人"),
            judge=self.text("承办法官"),
            clerk=self.text("书记员"),
            phone=self.text("联系电话"),
        )
        hearing = {"day": day} | given(
            time=hour,
            room=self.text("法庭"),
            mode=self.choice("开庭方式", choices.MODES),
            head_notified=self.yes_no("是否通知负责人出庭"),
        )
        if numbers is None:
            return None
        return self._facts(
            numbers, agencies, case=case, hearing=hearing, series=label_of(self.text("合并审理组"))
        )

    def _day_and_hour(self) -> tuple[date | None, time | None]:
        """开庭日期 and 开庭时间; either may give both, and then they have to agree."""
        day, hour = self.day_and_time("开庭日期")
        said, repeated = self.hour_and_day("开庭时间")
        if day and repeated and repeated != day:
            self.fault("hour_contradicts_date", "开庭时间", why=f"开庭日期 {day}")
        elif hour and said and said != hour:
            self.fault("hour_contradicts_date", "开庭时间", why=f"开庭日期一栏里的 {hour:%H:%M}")
        return day, said or hour

    def _sides(self, number: CaseNumber | None, day: date | None) -> tuple[str, list[tuple[int, str]]]:
        """Plaintiffs and agencies. On appeal the agency may be the 上诉人 and stand in the plaintiffs' column."""
        plaintiffs = self.text("原告")
        if number and number.kind.instance == "second" and self._all_known(plaintiffs):
            other = self.text("被诉行政机关")
            if other and not self._all_known(other):
                return other, self._agencies("原告", day)
        return plaintiffs, self._agencies("被诉行政机关", day)

    def _all_known(self, text: str) -> bool:
        """Whether the text names agencies and nobody else."""
        knows = self.context.directory.knows
        names = split_agencies(text, knows)
        return bool(names) and all(knows(name) for name in names)


class AppearanceRow(RowCheck):
    """出庭."""

    kind = "appearances"

    def state(self) -> str | None:
        """Whether the hearing took place (the default), or what became of it; None for words nobody knows."""
        value = self.row.values.get("是否开庭")
        if (state := choices.choose(value, choices.STATES)) is not None:
            return state
        try:
            said = parse_yes_no(value)
        except ValueUnclear:
            return None
        return "cancelled" if said is False else HELD

    def needs(self, column: str) -> bool:
        return column != "负责人是否出庭" or self.state() == HELD

    def _told(self, numbers: ParsedNumbers | None) -> RowFacts | None:
        number = numbers.first if numbers else None
        day, state = self._set_for(number)
        agencies = self._agencies("被诉行政机关", day)
        appearance = self._appearance() if state == HELD else {}
        if numbers is None or state is None:
            return None
        hearing = {"day": day, "state": state}
        return self._facts(
            numbers, agencies, case=self._instance(number), hearing=hearing, appearance=appearance
        )

    def _set_for(
        self, number: CaseNumber | None, filed_on: date | None = None
    ) -> tuple[date | None, str | None]:
        """The day of the hearing, checked, and what became of it."""
        day, state = self.day("开庭日期"), self.state()
        if state == HELD:
            self._check_happened("开庭日期", day)
        self._check_ahead("开庭日期", day)
        self._check_day("开庭日期", day, number, filed_on)
        if state is None:
            self.fault("choice_unknown", "是否开庭", why="是、延期、取消、撤诉")
        return day, state

    def _instance(self, number: CaseNumber | None) -> dict[str, Any]:
        """From the case number alone: this sheet has no column for it."""
        return {} if number is None else {"instance": instance_of(number)}

    def _appearance(self) -> dict[str, Any]:
        attended = self.yes_no("负责人是否出庭")
        if attended is None:
            self.fault("choice_unknown", "负责人是否出庭", why="是、否")
        who = self._head() if attended else self._absence()
        conduct = given(
            court_finding=self.choice("法院认定", choices.FINDINGS),
            staff_attended=self.yes_no("工作人员是否出庭"),
            lawyer_only=self.yes_no("是否仅律师"),
            spoke=self.yes_no("是否发言"),
            opinion_given=self.yes_no("是否就化解发表意见"),
            left_early=self.yes_no("中途退庭"),
            advice_issued=self.yes_no("是否发司法建议"),
            note=self.text("备注"),
        )
        return {"attended": attended} | who | conduct

    def _head(self) -> dict[str, Any]:
        """Who came; reasons that were given before for not coming are void."""
        return {"absence_reason": "", "absence_ground": ""} | self._named_head()

    def _absence(self) -> dict[str, Any]:
        """Why nobody came; a head that was named before is void."""
        reason = self.text("未出庭理由")
        grounds = (
            {"absence_reason": reason, "absence_ground": choices.absence_ground(reason)} if reason else {}
        )
        return dict.fromkeys(("head_name", "head_position", "head_rank"), "") | self._named_head() | grounds

    def _named_head(self) -> dict[str, Any]:
        return given(
            head_name=self.text("出庭负责人姓名"),
            head_position=self.text("职务"),
            head_rank=self.choice("职级", choices.RANKS),
            id_certificate=self.choice("身份证明", choices.CERTIFICATES),
        )


class JudgmentRow(RowCheck):
    """裁判."""

    kind = "judgments"

    def _told(self, numbers: ParsedNumbers | None) -> RowFacts | None:
        number = numbers.first if numbers else None
        filed_on, decided_on = self.day("立案日期"), self.day("裁判日期")
        for column, day in (("立案日期", filed_on), ("裁判日期", decided_on)):
            self._check_happened(column, day)
        self._check_day("裁判日期", decided_on, number, filed_on)
        document = self._document()
        instance = self._instance(number)
        case = (
            instance
            | self._origin()
            | given(cause=self.text("案由"), plaintiffs=self.text("原告"), filed_on=filed_on)
        )
        agencies = self._agencies("被诉行政机关", decided_on)
        outcome = self._outcome(document, instance.get("instance", ""))
        decision = self._decision(decided_on) | {
            "kind": document,
            "ordinal": (number and number.document) or 0,
        }
        obligation = self._obligation()
        if numbers is None or not outcome:
            return None
        parts = {"case": case, "decision": decision, "outcome": outcome, "obligation": obligation}
        return self._facts(numbers, agencies, **parts)

    def _document(self) -> str:
        word = self.text("文书类型")
        document = choices.document_of(word) if word else ""
        if document is None:
            self.fault("choice_unknown", "文书类型", why="判决、裁定、调解书")
        return document or ""

    def _origin(self) -> dict[str, Any]:
        word = self.text("关联案号")
        if not word:
            return {}
        try:
            parsed = parse_case_number(word)
        except CaseNumberInvalid as refused:
            self.fault("case_number_invalid", "关联案号", why=refused.reason)
            return {}
        if parsed.series:
            self.fault(
                "case_number_invalid", "关联案号", why="写了几个案号，请只写本案的原审案号，一行一个。"
            )
        origin = parsed.first
        self._check_year("关联案号", origin)
        return {"origin_number": origin.display, "origin_key": origin.key}

    def _outcome(self, document: str, instance: str) -> dict[str, Any]:
        """The outcome in the words of the table; nothing when the words or the document are not known."""
        lost, reason = self.yes_no("是否败诉"), self.text("败诉原因")
        word = self.text("裁判结果")
        if not word or not document:
            return {}
        instances = [instance] if instance else ["first", "second", "retrial"]
        matches = (self.context.law.outcomes.match(word, document, each) for each in instances)
        matched = next((match for match in matches if match), None)
        if matched is None:
            self._unclear_outcome(word, document, instances)
            return {}
        if document == JUDGMENT and "驳回起诉" in word:
            self.fault("outcome_of_a_ruling", "裁判结果")
        return {"code": matched.code} | given(lost=lost, lost_reason=reason)

    def _unclear_outcome(self, word: str, document: str, instances: list[str]) -> None:
        """Words that may mean several outcomes are asked about; others the table does not know."""
        table = self.context.law.outcomes
        possible = {one.label for each in instances for one in table.possible(word, document, each)}
        if len(possible) > 1:
            self.fault("outcome_either", "裁判结果", why="，还是".join(sorted(possible)))
        else:
            self.fault("outcome_unknown", "裁判结果")

    def _decision(self, decided_on: date | None) -> dict[str, Any]:
        delivered_on, in_force_on = self.day("送达日期"), self.day("生效日期")
        for column, day in (("送达日期", delivered_on), ("生效日期", in_force_on)):
            self._check_happened(column, day)
            if day and decided_on and day < decided_on:
                self.fault("date_before_filing", column, why=f"裁判日期 {decided_on}")
        return {"decided_on": decided_on} | given(
            delivered_on=delivered_on,
            in_force_on=in_force_on,
            appealed=self.yes_no("是否上诉"),
            in_force=self.yes_no("是否生效"),
            result_text=self.text("裁判结果"),
            note=self.text("备注"),
        )

    def _obligation(self) -> dict[str, Any]:
        """履行期限 is a day, or words that are kept with the computed day beside."""
        owed: dict[str, Any] = given(content=self.text("履行内容"))
        value = self._value("履行期限")
        if value is None:
            return owed
        try:
            return owed | {"named_on": self._parse_day(value)}
        except ValueUnclear:
            return owed | {"period_text": clean_text(value)}


def label_of(text: str) -> str:
    """The label of a series as the record keeps it: a very long one is cut, and told apart by a digest."""
    if len(text) <= LONGEST_LABEL:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGEST]
    return f"{text[: LONGEST_LABEL - DIGEST]}{digest}"
