"""The kinds of bulletins, each one object: period, issuer, outline, and the regular duty that issuing it meets."""

from collections.abc import Mapping
from dataclasses import dataclass

from organisations.models import Organisation
from reports.bulletins.annexes import ledger_annex, ranking_annex
from reports.bulletins.documents import END, LISTS, MONTHS, REGULAR, REQUIREMENTS, STANDINGS, Outline
from reports.models import Bulletin
from rules.report_periods import Kind as Period

Office = Organisation.Kind
WRITTEN: Mapping[Period, str] = {
    "month": "2026-10", "quarter": "2026Q3", "half_year": "2026H1", "year": "2026",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BulletinKind:
    """One kind of bulletin (“3632”机制：月分析、季通报、半年总结、年度报告、督导排名)."""

    key: Bulletin.Kind
    period: Period
    outline: Outline
    # The regular work of the rule book that it does, and the office whose work that is.
    duty: str
    owner: str = Office.LEGAL_OFFICE
    # The office in whose name it goes out.
    issuer: str = Office.LEGAL_OFFICE

    @property
    def label(self) -> str:
        return str(self.key.label)

    @property
    def written(self) -> str:
        """How its period is written, by an example."""
        return WRITTEN[self.period]


_ALL = (
    BulletinKind(
        Bulletin.Kind.MONTHLY,
        "month",
        Outline("情况", (*REGULAR[:4], REQUIREMENTS), LISTS),
        duty="monthly_bulletin",
        issuer=Office.GOVERNMENT_OFFICE,
    ),
    BulletinKind(
        Bulletin.Kind.QUARTERLY,
        "quarter",
        Outline("情况", REGULAR + END, (ranking_annex, *LISTS)),
        duty="quarterly_bulletin",
    ),
    BulletinKind(
        Bulletin.Kind.RANKING,
        "quarter",
        Outline("督导排名情况", (STANDINGS, *END), (ranking_annex, ledger_annex)),
        duty="quarterly_ranking",
        owner=Office.SUPERVISION,
        issuer=Office.SUPERVISION,
    ),
    BulletinKind(
        Bulletin.Kind.HALF_YEAR,
        "half_year",
        Outline("情况", (*REGULAR, MONTHS, *END), LISTS),
        duty="half_year_summary",
    ),
    BulletinKind(
        Bulletin.Kind.ANNUAL,
        "year",
        Outline("情况", (*REGULAR, MONTHS, *END), LISTS),
        duty="annual_report",
    ),
)
KINDS: Mapping[str, BulletinKind] = {str(kind.key): kind for kind in _ALL}
