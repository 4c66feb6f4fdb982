"""Reading 案号: every way clerks write one, one canonical key and one display form.

Source: 《最高人民法院关于人民法院案件案号的若干规定》（法〔2015〕137号，2018年修改）.
Numbers given before 2016 (旧式案号) carry an abbreviation of the court's name and “字第”.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from rules.case_types import TypeCode, type_codes

Connector = Literal["list", "range"]

INVALID = "case_number_invalid"
NOT_ADMINISTRATIVE = "case_number_not_administrative"
MAX_TEXT = 1000
MAX_SERIES = 500  # numbers one text may stand for
LONGEST_TYPE = 4
LONGEST_COURT_ABBREVIATION = 5
SPECIAL_CODES_SINCE = 2018  # 专门审判代字 came with 法〔2018〕335号
NEW_STYLE_SINCE = 2016
OTHER_BRANCHES = "民刑执破财"  # first characters of types that no list of ours needs to know one by one
# Those of the rest of the public list: 司救, 认台, 请港送, 强清, 委赔监, 法赔, 证保, 协外认, 诉前调书 and their kin.
OTHER_FIRSTS = OTHER_BRANCHES + "司认请清强委法证台港澳外协引调诉"
SUPREME_COURT_TYPES = frozenset({"行提", "行监", "知行"})  # that stood without letters of a court before 2016
NO_COURT = re.compile("行|非诉")  # an abbreviated name of a court has neither

_HAN = r"\u4e00-\u9fff"
_PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军"
_YEAR = r"[(\[{<〔【〖《〈「『]((?:19|20)[0-9]{2})[)\]}>〕】〗》〉」』]"
_STARTS = re.compile(rf"(?={_YEAR})")
_NEW = re.compile(rf"{_YEAR}(最高法|[{_PROVINCES}])([0-9]{{0,6}})([{_HAN}]{{1,6}}?)(字)?第?(?=[0-9])")
_OLD = re.compile(rf"{_YEAR}([{_HAN}]{{2,10}}?)字第?(?=[0-9])")
_NO_SERIAL = re.compile(rf"{_YEAR}[{_HAN}]{{1,3}}[0-9]{{0,6}}[{_HAN}]{{1,8}}$")
_NUMERALS = "一二三四五六七八九十"
_UNITS = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{unit}十" for unit in _UNITS[2:]))
_ORDINALS = {ten + unit: 10 * i + j for i, ten in enumerate(_TENS) for j, unit in enumerate(_UNITS)}
_DOCUMENT = rf"(?:之([1-9][0-9]{{0,2}}|[{_NUMERALS}]{{1,3}}))?"
_SERIAL = re.compile(rf"第?0{{0,9}}([0-9]{{1,7}})(?![0-9])号?{_DOCUMENT}号?")
_RANGE = re.compile(r"[-‐‑‒–—―−~〜∼至到]{1,2}")
_LIST = re.compile(r"[、,;/。和及与]{0,2}")
_OTHERS = re.compile(rf"等(?:[0-9]{{1,4}}|[{_NUMERALS}百两]{{1,5}})?(?:件|案件|案|宗|系列案)?[、,;。]?$")
# Marks that turn the direction of reading: what one sees is not what is written.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BROKEN_DIGITS = re.compile(r"(?<=[0-9])\s{1,20}(?=[0-9])")


class CaseNumberInvalid(ValueError):
    """The text is no 案号 we can use; `reason` is a sentence for the reader, `code` for programs."""

    def __init__(self, reason: str, code: str = INVALID) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """One 案号. `court` is a code (鲁1602) or, in old style, the abbreviated name (滨中)."""

    year: int
    court: str
    special: str  # 专门审判代字, mostly ""
    type: str
    serial: int
    document: int | None = None  # 之N: which paper inside the case; no part of its identity
    old_style: bool = False

    @property
    def key(self) -> str:
        """The identity of the case: equal for every way of writing the same number."""
        return f"{self.year}|{self.court}|{self.special}|{self.type}|{self.serial}"

    @property
    def display(self) -> str:
        ordinal = f"字第{self.serial}号" if self.old_style else f"{self.serial}号"
        return f"（{self.year}）{self.court}{self.special}{self.type}{ordinal}"

    @property
    def kind(self) -> TypeCode:
        return type_codes()[self.type]

    @property
    def is_administrative_suit(self) -> bool:
        """False for civil, criminal and enforcement numbers, 行保, and 行审, where the agency applies."""
        return self.kind.branch in ("administrative", "pre_filing")

    def __str__(self) -> str:
        return self.display


@dataclass(frozen=True, slots=True)
class ParsedNumbers:
    """What one text names: its first number, and all of them when it is a list, a range or ends in 等."""

    first: CaseNumber
    series: tuple[CaseNumber, ...] = ()
    and_others: bool = False  # 等: more numbers belong to it than are written


def parse_case_number(text: str) -> ParsedNumbers:
    """The numbers `text` names, of any branch we know; raises CaseNumberInvalid with a reason and a code."""
    numbers: list[CaseNumber] = []
    pending: Connector = "list"
    and_others = False
    for part in _parts(_normalise(text)):
        found, others, following = _read_part(part)
        numbers = _join(numbers, found, pending)
        pending, and_others = following, and_others or others
    if pending == "range":
        raise CaseNumberInvalid("案号范围只写了起号，请补上止号，如 12-15号。")
    distinct: dict[str, CaseNumber] = {}
    for number in numbers:
        distinct.setdefault(number.key, number)
    series = tuple(distinct.values()) if len(distinct) > 1 or and_others else ()
    return ParsedNumbers(numbers[0], series, and_others)


def to_json(text: str) -> dict[str, object]:
    """The object the command `parse_case_number` prints for a text; civil and criminal ones are not ok."""
    try:
        parsed = parse_case_number(text)
        if parsed.first.kind.branch in ("civil", "criminal", "other"):
            raise _not_administrative(parsed.first.type)
    except CaseNumberInvalid as refused:
        return {"text": text, "ok": False, "error": {"code": refused.code, "message": refused.reason}}
    first = parsed.first
    return {
        "text": text,
        "ok": True,
        "display": first.display,
        "key": first.key,
        "year": first.year,
        "court": first.court,
        "type": first.type,
        "serial": first.serial,
        "document": first.document,
        "series": [number.display for number in parsed.series],
    }


def _normalise(text: str) -> str:
    """Full-width forms and copied-from-PDF radicals folded, every kind of space gone."""
    if len(text) > MAX_TEXT:
        raise CaseNumberInvalid(f"案号文字超过 {MAX_TEXT} 个字，请只填写案号。")
    if not _TURNING.isdisjoint(text):
        raise CaseNumberInvalid("案号里有看不见的换向符号，显示的次序与实际不同，请重新录入案号。")
    if any(unicodedata.category(char) == "No" for char in text):
        raise CaseNumberInvalid("案号里有上标或带圈的数字，请改为普通数字。")
    folded = unicodedata.normalize("NFKC", text)
    # A blank or line end between two digits parts two serials; deleting it would read 12 and 13 as 1213.
    folded = _BROKEN_DIGITS.sub("、", folded)
    return "".join(char for char in folded if unicodedata.category(char)[0] not in "ZC")


def _parts(text: str) -> list[str]:
    """The text cut before each bracketed year, so that every part begins one complete number."""
    if not text:
        raise CaseNumberInvalid("请填写案号，如（2026）鲁1602行初12号。")
    starts = [match.start() for match in _STARTS.finditer(text)]
    if not starts or starts[0]:
        raise CaseNumberInvalid("案号应以带括号的四位收案年度开头，如（2026）鲁1602行初12号。")
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _read_part(part: str) -> tuple[list[CaseNumber], bool, Connector]:
    """The numbers of one part, whether it ends in 等, and what joins it to the next part."""
    stem, position = _read_stem(part)
    numbers: list[CaseNumber] = []
    pending: Connector = "list"
    while position < len(part):
        if numbers and pending == "list" and _OTHERS.match(part, position):
            return numbers, True, "list"
        match = _SERIAL.match(part, position)
        if match is None:
            raise CaseNumberInvalid(f"案号后面多出“{part[position:][:20]}”，请只填写案号。")
        numbers = _join(numbers, [_numbered(stem, match)], pending)
        pending, position = _connector(part, match.end())
    return numbers, False, pending


def _connector(part: str, position: int) -> tuple[Connector, int]:
    if match := _RANGE.match(part, position):
        return "range", match.end()
    separator = _LIST.match(part, position)
    return "list", separator.end() if separator else position


def _join(before: list[CaseNumber], found: list[CaseNumber], connector: Connector) -> list[CaseNumber]:
    joined = before + (found if connector == "list" else _filled(before[-1], found[0]) + found[1:])
    if len(joined) > MAX_SERIES:
        raise CaseNumberInvalid(f"一处最多写 {MAX_SERIES} 个案号，请分开填写。")
    return joined


def _filled(start: CaseNumber, end: CaseNumber) -> list[CaseNumber]:
    """The numbers after `start` up to and including `end`."""
    if replace(start, serial=end.serial, document=end.document) != end:
        raise CaseNumberInvalid("案号范围的起止须为同一年度、同一法院、同一类型。")
    if start.document is not None or end.document is not None:
        raise CaseNumberInvalid("案号范围里不能带“之几”，请写作 12-15号。")
    if end.serial <= start.serial:
        raise CaseNumberInvalid(
            f"案号范围应从小到大，现为 {start.serial} 至 {end.serial}；"
            f"如是同一案件的另一份文书，请写作 {start.serial}号之一。"
        )
    if end.serial - start.serial >= MAX_SERIES:
        raise CaseNumberInvalid(f"一个案号范围最多 {MAX_SERIES} 件，请核对起止编号。")
    return [replace(start, serial=serial) for serial in range(start.serial + 1, end.serial + 1)]


def _numbered(stem: CaseNumber, match: re.Match[str]) -> CaseNumber:
    serial = int(match[1])
    if not serial:
        raise CaseNumberInvalid("案号的编号应从 1 开始。")
    return replace(stem, serial=serial, document=_ordinal(match[2]) if match[2] else None)


def _ordinal(text: str) -> int:
    """之二, 之12 or 之十二 as a number."""
    if text.isdecimal():
        return int(text)
    if text not in _ORDINALS:
        raise CaseNumberInvalid(f"“之{text}”读不出是第几份文书，请写作 之二 或 之2。")
    return _ORDINALS[text]


def _read_stem(part: str) -> tuple[CaseNumber, int]:
    """All of a number but its serial, and where the serial begins."""
    match = _NEW.match(part)
    if match and (stem := _new_stem(match)):
        return stem, match.end()
    old = _OLD.match(part)
    if old and (stem := _old_stem(old)):
        return stem, old.end()
    raise _unreadable(part, match or old)


def _new_stem(match: re.Match[str]) -> CaseNumber | None:
    year, court, code, words = int(match[1]), match[2] + match[3], match[3], match[4]
    if len(code) not in (0, 2, 4):
        raise CaseNumberInvalid(f"法院代字“{court}”应为省份简称加 2 位或 4 位数字，如 鲁16、鲁1602。")
    old_style = bool(match[5]) and not code  # 鲁行终字第12号
    if words in type_codes():
        return CaseNumber(year, court, "", words, 0, old_style=old_style and year < NEW_STYLE_SINCE)
    if old_style or year < SPECIAL_CODES_SINCE or words[0] in OTHER_BRANCHES or words[1:] not in type_codes():
        return None
    return CaseNumber(year, court, words[0], words[1:], 0)


def _old_stem(match: re.Match[str]) -> CaseNumber | None:
    """The longest type the words end in: 行赔初 before 初, so that 滨行赔初 is not a court 滨行赔."""
    words = match[2]
    for length in range(LONGEST_TYPE, 0, -1):
        court, code = words[:-length], words[-length:]
        if code in type_codes() and _may_be_court(court, code):
            return CaseNumber(int(match[1]), court, "", code, 0, old_style=True)
    return None


def _may_be_court(abbreviation: str, code: str) -> bool:
    if not abbreviation:
        return code in SUPREME_COURT_TYPES
    return len(abbreviation) <= LONGEST_COURT_ABBREVIATION and not NO_COURT.search(abbreviation)


def _unreadable(part: str, match: re.Match[str] | None) -> CaseNumberInvalid:
    if match is None and _NO_SERIAL.match(part):
        return CaseNumberInvalid("案号缺少编号，请补上，如（2026）鲁1602行初12号。")
    if match is None:
        return CaseNumberInvalid("法院代字或类型代字读不出，请按（2026）鲁1602行初12号的样式填写。")
    words = match[4] if match.re is _NEW else match[2]
    if words[0] in OTHER_FIRSTS or ("行" not in words and set(words[1:]) & set(OTHER_BRANCHES)):
        return _not_administrative(words)
    return CaseNumberInvalid(f"类型代字“{words}”不在案号类型表中，请核对，如 行初、行终、行赔初。")


def _not_administrative(code: str) -> CaseNumberInvalid:
    reason = f"“{code}”不是行政诉讼案件的案号，请核对后填写行政案件案号。"
    return CaseNumberInvalid(reason, NOT_ADMINISTRATIVE)
