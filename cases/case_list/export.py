"""The case list as a workbook."""

from collections.abc import Iterable

from cases.models import Case, Lane
from lib.export import Value, export
from organisations.authors import Author
from rules.names import mask_parties

MOST_ROWS = 20_000
COLUMNS = (
    ("案号", 30), ("审级", 8), ("法院", 24), ("原告", 20), ("被诉行政机关", 30), ("案由", 24), ("立案日期", 12),
    ("败诉", 10),
)  # fmt: skip
LOST = {True: "败诉", False: "未败诉", None: ""}


def case_workbook(cases: Iterable[Case], *, author: Author, chosen: str) -> bytes:
    """One row per case and defendant; natural persons are masked. Says who took it out, when, and by which filters.

    The cases come with `court` and `lanes__organisation`, `lanes__outcomes`.
    """
    rows = (_values(case, lane) for case in cases for lane in case.lanes.all())
    notes = (
        ("数据", "每行为一个案号的一个被告；自然人姓名已脱敏"),
        ("败诉", "该被告在本案号中有一份裁判计为败诉；没有裁判的空白"),
        ("筛选", chosen or "全部"),
        ("导出", f"{author.signer.organisation.name} {author.name} {author.at:%Y-%m-%d %H:%M}"),
    )
    return export("案件", COLUMNS, rows, notes)


def _values(case: Case, lane: Lane) -> tuple[Value, ...]:
    outcomes = [outcome.lost for outcome in lane.outcomes.all()]
    lost = True if True in outcomes else False if False in outcomes else None
    return (
        case.number,
        case.get_instance_display(),
        case.court.name,
        mask_parties(case.plaintiffs),
        lane.organisation.name,
        case.cause,
        case.filed_on,
        LOST[lost],
    )
