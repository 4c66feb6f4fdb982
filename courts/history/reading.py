"""An old ledger read and checked: whose it is, of which year, what its rows tell. Nothing is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.law import Law
from courts.checking.checks import Checked
from courts.checking.ledgers import LedgerContext, check_ledger
from courts.sheets.ledger_columns import EXPORTED, LEDGER_KIND, ledger_vocabulary
from courts.sheets.reading import RawSheet, recognise
from courts.sheets.remarks import remarks_on
from courts.uploads.planning import EMPTY, read_content
from lib.cell_values import clean_text
from lib.workbooks import UnusableWorkbook
from organisations.models import Organisation, Region
from rules.report_periods import ReportPeriod, parse_report_period

FIRST_YEAR, LAST_YEAR = 2018, 2025  # before there are no ledgers, after it courts notify the platform itself
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_YEAR_OF_CASE = re.compile(r"[(（〔\[]\s*(20[0-9]{2})\s*[)）〕\]]")
NO_LEDGER = UnusableWorkbook(
    "no_known_sheet",
    "没有找到台账：前 15 行中须有表头，至少包括案号和另两列。表头是自己的叫法的，用 --column 表头=列 写明。",
)


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger as it is handed in; `year` as far as it is said, `columns` as 表头=列."""

    name: str
    content: bytes
    region: Region
    year: int | None = None
    columns: tuple[str, ...] = ()


def examine(ledger: LedgerFile, law: Law, on: date) -> tuple[Checked, ReportPeriod]:
    """What the rows of a ledger tell, and its year; `on` is the day after which nothing can have happened.

    Raises UnusableWorkbook for the file, ValueError (Chinese) for what was said of it.
    """
    vocabulary = ledger_vocabulary(ledger.columns)
    court = court_of(ledger.region)
    book = read_content(ledger.content)
    sheets = recognise(book, LEDGER_KIND, vocabulary=vocabulary)
    if not sheets:
        raise NO_LEDGER
    if not any(sheet.rows for sheet in sheets):
        raise EMPTY
    year = _year(ledger, sheets)
    checked = check_ledger(sheets, LedgerContext(court, ledger.region, year, law, on))
    checked.remarks = remarks_on(book, sheets)
    return checked, year


def region_of(code: str) -> Region:
    """The region of that code. Raises ValueError (Chinese)."""
    found = Region.objects.filter(pk=code).first()
    if found is None:
        raise ValueError(f"名录中没有区划“{code[:20]}”，请核对六位区划代码，如 371602。")
    return found


def court_of(region: Region) -> Organisation:
    """The court that hears the cases of a region: as it writes names, they are read. Raises ValueError (Chinese)."""
    courts = Organisation.objects.courts().filter(areas__region=region).select_related("region")
    found = courts.order_by("areas__pk").first()
    if found is None:
        raise ValueError(f"名录中没有管辖{region.name}的法院，请先运行 load_reference_data。")
    return found


def _year(ledger: LedgerFile, sheets: Sequence[RawSheet]) -> ReportPeriod:
    """As said, else as the name of the file or of a sheet says, else that of most case numbers.

    An export of the platform itself has cases of any year: no name of it tells one.
    """
    exported = any(sheet.name == EXPORTED for sheet in sheets)
    named = None if exported else next(_years_named(ledger, sheets), None)
    year = ledger.year or named or _commonest_year(sheets)
    if year is None:
        raise ValueError("看不出是哪一年的台账，请用 --year 写明，如 --year 2024。")
    if not exported and not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f"历史台账只收 {FIRST_YEAR} 至 {LAST_YEAR} 年的，这一份是 {year} 年的。年份不对的，用 --year 写明；"
            f"{LAST_YEAR + 1} 年起的情况由法院按月通报。"
        )
    return parse_report_period(str(year))


def _years_named(ledger: LedgerFile, sheets: Iterable[RawSheet]) -> Iterator[int]:
    for text in (ledger.name, *(sheet.name for sheet in sheets)):
        if len(named := set(_YEAR.findall(text))) == 1:
            yield int(named.pop())


def _commonest_year(sheets: Iterable[RawSheet]) -> int | None:
    numbers = (clean_text(row.values.get("案号")) for sheet in sheets for row in sheet.rows)
    years = Counter(found[1] for found in map(_YEAR_OF_CASE.search, numbers) if found)
    return int(years.most_common(1)[0][0]) if years else None
