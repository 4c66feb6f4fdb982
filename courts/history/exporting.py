"""导出台账: cases taken out as a ledger in the very columns in which `import_history` reads one.

What is taken in elsewhere gives the same figures of appearances, outcomes and appeals.
"""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.law import current_law
from cases.models import Hearing
from cases.querysets import CaseQuerySet
from courts.history.export_rows import WITH, Values, rows_of
from courts.sheets.columns import DATE_HINT, Column
from courts.sheets.ledger_columns import EXPORTED, LEDGER
from lib.export import Value, export
from organisations import audit
from organisations.authors import Author

MOST_ROWS = 10_000  # filled in every column, this is what one workbook may hold that is taken in again
AT_ONCE = 500  # cases
WIDE, USUAL, DAY = 28, 14, 12  # characters
LONG_TEXTS = frozenset({"案号", "被诉行政机关", "原告", "案由", "关联案号", "裁判结果", "未出庭理由"})
TOO_MANY = ValidationError(
    f"符合条件的台账超过 {MOST_ROWS} 行，没有导出。请用筛选缩小范围（如按年度或县区），分几次导出。"
)
NOTHING = ValidationError("没有可以导出的案件：作废的案件不列入台账。请放宽筛选后再导出。")


def export_ledger(cases: CaseQuerySet, *, author: Author, chosen: str) -> bytes:
    """The workbook of these cases, voided ones left out; `chosen` tells by which filters, for its second sheet.

    Each export is in the audit trail. Raises ValidationError where there are no rows, or too many for one file.
    """
    standing = cases.standing()
    rows = _rows(standing)
    ahead = Hearing.objects.filter(case__in=standing.values("pk"), state=Hearing.State.SCHEDULED).count()
    scope = chosen or "全部"
    notes = (*_about(author, scope, len(rows)), *_left_out(ahead))
    content = export(EXPORTED, _columns(), rows, notes)
    with (
        transaction.atomic()
    ):  # no longer: writing a workbook takes its time, and one writes the trail at a time
        audit.record(author, "history.export", f"导出台账 {len(rows)} 行（{scope}）", rows=len(rows))
    return content


def _rows(cases: CaseQuerySet) -> list[Sequence[Value]]:
    if cases.count() > MOST_ROWS:
        raise TOO_MANY
    rows: list[Sequence[Value]] = []
    for values in _told(cases):
        rows.append(tuple(values.get(column.name) for column in LEDGER))
        if len(rows) > MOST_ROWS:
            raise TOO_MANY
    if not rows:
        raise NOTHING
    return rows


def _told(cases: CaseQuerySet) -> Iterable[Values]:
    authority = current_law().authority
    related = cases.select_related("series", "designation").prefetch_related(*WITH)
    for case in related.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield from rows_of(case, authority)


def _columns() -> list[tuple[str, int]]:
    return [(column.name, _width(column)) for column in LEDGER]


def _width(column: Column) -> int:
    if column.name in LONG_TEXTS:
        return WIDE
    return DAY if column.hint == DATE_HINT else USUAL


def _about(author: Author, scope: str, rows: int) -> tuple[tuple[str, str], ...]:
    return (
        ("导出", f"{author.signer.organisation.name} {author.name} {author.at:%Y-%m-%d %H:%M}"),
        ("范围", scope),
        ("行数", f"{rows} 行。每行为一个案号的一个被告的一次开庭、一份裁判；各只列一次，案件情况逐行相同"),
        ("个人信息", "当事人姓名未脱敏，请按规定保管，不外传"),
        (
            "再次导入",
            f"manage.py import_history 文件 --region 区划代码 --confirm。工作表名“{EXPORTED}”不要改：凭它可含各年案件。"
            "导入的只作为事实和指标，不起算期限、不提醒",
        ),
    )


def _left_out(ahead: int) -> tuple[tuple[str, str], ...]:
    return (
        ("出庭情况", "有司法局采信认定的按认定，没有的按陈述的先后效力取一方；另一方的说法不列"),
        ("共同被告", "已确定由其他机关负责人出庭的，该被告的未出庭情况不列，以免再次导入后计入其出庭率"),
        ("生效", "只列法院通报的；平台推定的不列"),
        (
            "不列入",
            f"已排庭尚无结果的开庭（本次 {ahead} 次）、改期、期限、材料和附件、办理过程；据此计算的指标再次导入后没有",
        ),
    )
