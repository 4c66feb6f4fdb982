"""One row of each sheet: its values read as what they mean, its faults noted, its facts told."""

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from cases.facts import Number, RowFacts
from courts import choices
from courts.agencies import Found
from courts.columns import COLUMNS
from courts.issues import Issue, Place, issue
from courts.reading import RawRow, RawSheet
from lib.cell_values import (
    ValueUnclear,
    clean_text,
    is_blank,
    parse_day,
    parse_day_and_time,
    parse_time,
    parse_yes_no,
    split_agencies,
)
from rules.case_numbers import NOT_ADMINISTRATIVE, CaseNumber, CaseNumberInvalid, ParsedNumbers, parse_case_number

if TYPE_CHECKING:
    from courts.checking import Context

INSTANCES = {"first": "first", "second": "second", "retrial": "retrial", "review": "review"}
REQUIRED = {kind: tuple(c for c in columns if c.required) for kind, columns in COLUMNS.items()}
LONGEST = {kind: {c.name: c.longest for c in columns} for kind, columns in COLUMNS.items()}
ONE_NUMBER = 100


class RowCheck:
    """Reads one row; `issues` and `unmatched` fill up while `facts` is made."""

    kind: str

    def __init__(self, sheet: RawSheet, row: RawRow, context: "Context") -> None:
        self.sheet, self.row, self.context = sheet, row, context
        self.issues: list[Issue] = []
        self.unmatched: dict[str, Found] = {}
        self.faulty: set[str] = set()

    def facts(self) -> RowFacts | None:
        """What the row says; None when too much of it is missing or unreadable."""
        self._check_shape()
        numbers = self._numbers()
        facts = self._told(numbers) if numbers else None
        if facts is None or not facts.agencies:
            return None
        return facts

    def _told(self, numbers: ParsedNumbers) -> RowFacts | None:
        raise NotImplementedError

    # Faults

    def fault(self, code: str, column: str, *, value: object = "", why: str = "") -> None:
        """Note an issue in a column; a column is only once at fault."""
        if column in self.faulty:
            return
        self.faulty.add(column)
        cell = f"{self.sheet.header.letter(column)}{self.row.number}" if column in self.sheet.header.columns else ""
        place = Place(self.sheet.name, self.row.number, column, cell)
        self.issues.append(issue(code, place, value=clean_text(value), why=why))

    def _check_shape(self) -> None:
        """Formulas, lengths and missing values, before anything is read."""
        for column in self.row.formulas:
            self.fault("formula_not_allowed", column, value=self.row.values.get(column, ""))
        longest = LONGEST[self.kind]
        for name, value in self.row.values.items():
            if isinstance(value, str) and len(value) > longest[name]:
                self.fault("value_too_long", name, value=value, why=str(len(value)))
        for column in REQUIRED[self.kind]:
            if is_blank(self.row.values.get(column.name)) and self.needs(column.name):
                self.fault("required_missing", column.name)

    def needs(self, column: str) -> bool:
        """Whether a required column must be filled in this row."""
        return True

    # Values

    def text(self, column: str) -> str:
        """The cell as text; the dashes and 无 that clerks write for nothing are blank."""
        value = self.row.values.get(column)
        if value is None or column in self.faulty or is_blank(value, optional=True):
            return ""
        return clean_text(value)

    def _read(self, column: str, parse: Callable[[Any], Any]) -> Any:
        value = self.row.values.get(column)
        if value is None or column in self.faulty or is_blank(value, optional=True):
            return None
        try:
            return parse(value)
        except ValueUnclear as unclear:
            self.fault("date_invalid", column, value=value, why=str(unclear))
            return None

    def day(self, column: str) -> date | None:
        return self._read(column, lambda value: parse_day(value, month=self.context.year_and_month))  # type: ignore[no-any-return]

    def day_and_time(self, column: str) -> tuple[date | None, time | None]:
        read = self._read(column, lambda value: parse_day_and_time(value, month=self.context.year_and_month))
        return read or (None, None)

    def yes_no(self, column: str) -> bool | None:
        value = self.row.values.get(column)
        if value is None or column in self.faulty:
            return None
        try:
            return parse_yes_no(value)
        except ValueUnclear:
            self.fault("choice_unknown", column, value=value, why="是、否")
            return None

    def choice(self, column: str, known: dict[str, str]) -> str:
        value = self.text(column)
        if not value:
            return ""
        chosen = choices.choose(value, known)
        if chosen is None:
            self.fault("choice_unknown", column, value=value, why="、".join(list(known)[:4]))
        return chosen or ""

    # What every kind has

    def _numbers(self) -> ParsedNumbers | None:
        value = self.row.values.get("案号")
        if value is None or "案号" in self.faulty:
            return None
        try:
            parsed = parse_case_number(clean_text(value, one_line=False))
        except CaseNumberInvalid as refused:
            self.fault(refused.code, "案号", value=value, why=refused.reason)
            return None
        if not all(number.is_administrative_suit for number in parsed.series or (parsed.first,)):
            self.fault(NOT_ADMINISTRATIVE, "案号", value=value, why="不是行政诉讼案件的案号。")
            return None
        if not parsed.series and len(clean_text(value)) > ONE_NUMBER:
            self.fault("value_too_long", "案号", value=value, why=str(len(clean_text(value))))
        self._check_court(parsed)
        return parsed

    def _check_court(self, parsed: ParsedNumbers) -> None:
        number = parsed.first
        court = self.context.court_of.get(number.court)
        if court is None:
            self.fault("court_unknown", "案号", value=number.display)
        elif court != self.context.court.pk:
            self.fault("court_mismatch", "案号", value=number.display, why=self.context.court_names[court])

    def _instance(self, number: CaseNumber) -> dict[str, Any]:
        """Instance and procedure: as said, else from the case number."""
        said, procedure = (None, "")
        if word := self.text("审理程序"):
            said, procedure = choices.instance_of(word)
            if procedure == "?":
                self.fault("choice_unknown", "审理程序", value=word, why="一审、二审、再审，可加普通程序、简易程序")
                procedure = ""
        told = {"procedure": procedure} if procedure else {}
        return told | {"instance": said or INSTANCES.get(number.kind.instance, "other")}

    def _agencies(self, column: str, on: date | None) -> list[tuple[int, str]]:
        """The agencies named in a cell; names that are not found are noted with their candidates."""
        if column in self.faulty or not (text := clean_text(self.row.values.get(column), one_line=False)):
            return []
        day = on or self.context.month.last
        found = [(name, self.context.directory.find(name, on=day)) for name in split_agencies(text, self.context.directory.knows)]
        for name, result in found:
            self._note(column, name, result)
        if any(len(name) > LONGEST[self.kind][column] for name, _ in found):
            self.fault("value_too_long", column, value=text, why=str(len(text)))
        agencies = {result.agency: name for name, result in found if result.agency is not None}
        return list(agencies.items())

    def _note(self, column: str, name: str, result: Found) -> None:
        if result.agency is not None:
            return
        if result.several:
            self.fault("agency_ambiguous", column, value=name, why="、".join(result.several[:4]))
            return
        near = "、".join(candidate for _, candidate, _ in result.candidates)
        self.unmatched[name] = result
        self.fault("agency_unknown", column, value=name, why=f"相近的有：{near}。" if near else "")

    def _check_window(self, column: str, day: date | None) -> None:
        if day is not None and not self.context.in_window(self.kind, day):
            self.fault("date_out_of_month", column, value=day.isoformat(), why=f"{self.context.month.label}的通报范围内")

    def _check_filed(self, column: str, day: date | None, number: CaseNumber, filed_on: date | None = None) -> None:
        """No hearing and no decision before the case was filed; its number names the year of that."""
        if day is None:
            return
        if filed_on and day < filed_on:
            self.fault("date_before_filing", column, value=day.isoformat(), why=f"立案日期 {filed_on}")
        elif day.year < number.year:
            self.fault("date_before_filing", column, value=day.isoformat(), why=f"案号的收案年度 {number.year} 年")

    def _facts(self, parsed: ParsedNumbers, agencies: list[tuple[int, str]], **parts: Any) -> RowFacts:
        numbers = [
            Number(n.key, n.display, n.year, n.type, n.serial, INSTANCES.get(n.kind.instance, "other"))
            for n in parsed.series or (parsed.first,)
        ]
        header, row = self.sheet.header, self.row
        cells = {name: f"{header.letter(name)}{row.number}" for name in row.values}
        return RowFacts(self.kind, self.sheet.name, row.number, numbers, agencies, cells, **parts)


class ScheduleRow(RowCheck):
    """排庭."""

    kind = "schedule"

    def _told(self, numbers: ParsedNumbers) -> RowFacts:
        number = numbers.first
        day, hour = self.day_and_time("开庭日期")
        hour = self._read("开庭时间", parse_time) or hour
        self._check_window("开庭日期", day)
        self._check_filed("开庭日期", day, number)
        plaintiffs, agencies = self._sides(number, day)
        case = self._instance(number) | _given(
            cause=self.text("案由"),
            plaintiffs=plaintiffs,
            third_parties=self.text("第三人"),
            judge=self.text("承办法官"),
            clerk=self.text("书记员"),
            phone=self.text("联系电话"),
        )
        hearing = {"day": day} | _given(
            time=hour,
            room=self.text("法庭"),
            mode=self.choice("开庭方式", choices.MODES),
            head_notified=self.yes_no("是否通知负责人出庭"),
        )
        return self._facts(numbers, agencies, case=case, hearing=hearing, series=self.text("合并审理组"))

    def _sides(self, number: CaseNumber, day: date | None) -> tuple[str, list[tuple[int, str]]]:
        """Plaintiffs and agencies. On appeal the agency may be the 上诉人 and stand in the plaintiffs' column."""
        plaintiffs = self.text("原告")
        if number.kind.instance == "second" and plaintiffs and self._all_known(plaintiffs):
            other = self.text("被诉行政机关")
            if other and not self._all_known(other):
                return other, self._agencies("原告", day)
        return plaintiffs, self._agencies("被诉行政机关", day)

    def _all_known(self, text: str) -> bool:
        knows = self.context.directory.knows
        return all(knows(name) for name in split_agencies(text, knows))


class AppearanceRow(RowCheck):
    """出庭."""

    kind = "appearances"

    @property
    def state(self) -> str:
        return choices.choose(self.row.values.get("是否开庭"), choices.STATES) or "held"

    def needs(self, column: str) -> bool:
        return column != "负责人是否出庭" or self.state == "held"

    def _told(self, numbers: ParsedNumbers) -> RowFacts:
        number = numbers.first
        day = self.day("开庭日期")
        self._check_window("开庭日期", day)
        self._check_filed("开庭日期", day, number)
        self.choice("是否开庭", choices.STATES)
        held = self.state == "held"
        return self._facts(
            numbers,
            self._agencies("被诉行政机关", day),
            case={"instance": INSTANCES.get(number.kind.instance, "other")},
            hearing={"day": day, "state": self.state},
            appearance=self._appearance() if held else {},
        )

    def _appearance(self) -> dict[str, Any]:
        reason = self.text("未出庭理由")
        told = _given(
            head_name=self.text("出庭负责人姓名"),
            head_position=self.text("职务"),
            head_rank=self.choice("职级", choices.RANKS),
            id_certificate=self.choice("身份证明", choices.CERTIFICATES),
            absence_reason=reason,
            court_finding=self.choice("法院认定", choices.FINDINGS),
            staff_attended=self.yes_no("工作人员是否出庭"),
            lawyer_only=self.yes_no("是否仅律师"),
            spoke=self.yes_no("是否发言"),
            opinion_given=self.yes_no("是否就化解发表意见"),
            left_early=self.yes_no("中途退庭"),
            advice_issued=self.yes_no("是否发司法建议"),
            note=self.text("备注"),
        )
        attended = self.yes_no("负责人是否出庭")
        ground = {} if attended else {"absence_ground": choices.absence_ground(reason)}
        return told | ground | {"attended": attended}


class JudgmentRow(RowCheck):
    """裁判."""

    kind = "judgments"

    def _told(self, numbers: ParsedNumbers) -> RowFacts | None:
        number = numbers.first
        filed_on, decided_on = self.day("立案日期"), self.day("裁判日期")
        self._check_window("裁判日期", decided_on)
        self._check_filed("裁判日期", decided_on, number, filed_on)
        document = self._document()
        case = self._instance(number) | self._origin() | _given(
            cause=self.text("案由"), plaintiffs=self.text("原告"), filed_on=filed_on
        )
        agencies = self._agencies("被诉行政机关", decided_on)
        outcome = self._outcome(document, case["instance"])
        if not document or outcome is None or decided_on is None:
            return None
        return self._facts(
            numbers,
            agencies,
            case=case,
            decision=self._decision(number, document, decided_on),
            outcome=outcome,
            obligation=self._obligation(),
        )

    def _document(self) -> str | None:
        word = self.text("文书类型")
        document = choices.document_of(word) if word else None
        if word and document is None:
            self.fault("choice_unknown", "文书类型", value=word, why="判决、裁定、调解书")
        return document

    def _origin(self) -> dict[str, Any]:
        word = self.text("关联案号")
        if not word:
            return {}
        try:
            origin = parse_case_number(word).first
        except CaseNumberInvalid as refused:
            self.fault("case_number_invalid", "关联案号", value=word, why=refused.reason)
            return {}
        return {"origin_number": origin.display, "origin_key": origin.key}

    def _outcome(self, document: str | None, instance: str) -> dict[str, Any] | None:
        word = self.text("裁判结果")
        if not word or document is None:
            return None
        matched = self.context.law.outcomes.match(word, document, instance)
        if matched is None:
            self.fault("outcome_unknown", "裁判结果", value=word)
            return None
        return {"code": matched.code} | _given(lost=self.yes_no("是否败诉"), lost_reason=self.text("败诉原因"))

    def _decision(self, number: CaseNumber, document: str, decided_on: date) -> dict[str, Any]:
        delivered_on, effective_on = self.day("送达日期"), self.day("生效日期")
        for column, day in (("送达日期", delivered_on), ("生效日期", effective_on)):
            if day and day < decided_on:
                self.fault("date_invalid", column, value=day.isoformat(), why=f"早于裁判日期 {decided_on}")
        return {"kind": document, "ordinal": number.document or 0, "decided_on": decided_on} | _given(
            delivered_on=delivered_on,
            effective_on=effective_on,
            appealed=self.yes_no("是否上诉"),
            in_force=self.yes_no("是否生效"),
            result_text=self.text("裁判结果"),
            note=self.text("备注"),
        )

    def _obligation(self) -> dict[str, Any]:
        """履行期限 is a day, or words that are kept with the computed day beside."""
        told: dict[str, Any] = _given(content=self.text("履行内容"))
        value = self.row.values.get("履行期限")
        if value is None or is_blank(value, optional=True):
            return told
        try:
            return told | {"due_on": parse_day(value, month=self.context.year_and_month)}
        except ValueUnclear:
            return told | {"period_text": clean_text(value)}


def _given(**values: Any) -> dict[str, Any]:
    """Only what the row tells: an empty cell does not erase what is known."""
    return {name: value for name, value in values.items() if value not in (None, "")}
