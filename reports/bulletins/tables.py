"""The tables of bulletins, as the document templates take them."""

from collections.abc import Sequence
from typing import Any

from reports.bulletins.material import Material
from reports.bulletins.opening import NUMERATOR
from reports.figures.entries import Part
from reports.figures.printing import rate_cell

Block = dict[str, Any]
Row = list[str]
# What a cell of each column opens: a figure and the list of it; nothing where it is none.
Opens = Sequence[str]

JOINT = "注：共同被告的案件在各单位分别计算，合计按一个案号计一次，各行之和可能大于合计。"


def table(
    caption: str,
    columns: Sequence[tuple[str, str, str]],
    rows: list[Row],
    note: str = "",
    *,
    opens: Opens = (),
    units: Sequence[str] = (),
) -> Block:
    """A table block; columns are label, alignment and width.

    `opens` says for each column which figure its cells open ("appearance_rate/numerator"), `units` for each row the
    code of the unit or the month that it tells of, empty for the total.
    """
    heads = [{"label": label, "align": align, "width": width} for label, align, width in columns]
    block: Block = {"kind": "table", "caption": caption, "columns": heads, "rows": rows, "note": note}
    return block | {"opens": {"columns": list(opens), "rows": list(units)}} if opens else block


def appearance_table(material: Material, caption: str) -> Block | None:
    """开庭, 出庭, 出庭率, 合规率, 正职 of each area."""
    keys = ("appearance_rate", "appearance_compliance_rate", "appearance_rate_principal")
    columns = [
        ("单位", "left", "28%"),
        ("开庭（件）", "right", "14%"),
        ("出庭（件）", "right", "14%"),
        ("出庭率", "right", "15%"),
        ("合规率", "right", "14%"),
        ("正职出庭（件）", "right", ""),
    ]
    opens = ("", *_opened(keys[0]), keys[1], f"{keys[2]}/{NUMERATOR}")
    return _area_table(material, caption, columns, keys, _appearance_cells, opens)


def performance_table(material: Material, caption: str) -> Block | None:
    """应履行, 已履行, 履行率, 按期履行率 of each area."""
    keys = ("performance_rate", "performance_on_time_rate")
    columns = [
        ("单位", "left", "30%"),
        ("应履行（项）", "right", "17%"),
        ("已履行（项）", "right", "17%"),
        ("履行率", "right", "17%"),
        ("按期履行率", "right", ""),
    ]
    opens = ("", *_opened(keys[0]), keys[1])
    return _area_table(
        material, caption, columns, keys, lambda parts: [*_counts(parts[0]), rate_cell(parts[1])], opens
    )


def paper_table(material: Material, caption: str) -> Block | None:
    """应报告, 按期, 应备案, 按期 of each area."""
    keys = ("report_on_time_rate", "filing_on_time_rate")
    columns = [
        ("单位", "left", "25%"),
        ("应报告（件）", "right", "13%"),
        ("按期（件）", "right", "12%"),
        ("按期率", "right", "12%"),
        ("应备案（件）", "right", "13%"),
        ("按期（件）", "right", "12%"),
        ("按期率", "right", ""),
    ]
    opens = ("", *_opened(keys[0]), *_opened(keys[1]))
    return _area_table(
        material, caption, columns, keys, lambda parts: [*_counts(parts[0]), *_counts(parts[1])], opens
    )


def loss_table(material: Material, caption: str) -> Block | None:
    """审结, 败诉, 败诉率, 判决败诉率, 改变后撤诉 of each area."""
    keys = ("loss_rate_concluded", "loss_rate_judged", "withdrawal_after_change_count")
    columns = [
        ("单位", "left", "26%"),
        ("审结（件）", "right", "14%"),
        ("败诉（件）", "right", "14%"),
        ("败诉率", "right", "14%"),
        ("判决败诉率", "right", "16%"),
        ("改变后撤诉（件）", "right", ""),
    ]
    return _area_table(
        material,
        caption,
        columns,
        keys,
        lambda parts: [*_counts(parts[0]), rate_cell(parts[1]), str(len(parts[2].numerator))],
        ("", *_opened(keys[0]), keys[1], f"{keys[2]}/{NUMERATOR}"),
    )


def agency_table(material: Material, caption: str, level: str | None) -> Block | None:
    """Appearance and loss of single agencies that had a hearing or a decision; of one level, or of all."""
    heard = _by_code(material, "appearance_rate", level)
    lost = _by_code(material, "loss_rate_concluded", level)
    names = {
        agency.code: agency.name
        for agency in material.populations.agencies.values()
        if agency.code in heard or agency.code in lost
    }
    columns = [
        ("单位", "left", "37%"),
        ("开庭（件）", "right", "12%"),
        ("出庭（件）", "right", "12%"),
        ("出庭率", "right", "13%"),
        ("审结（件）", "right", "12%"),
        ("败诉（件）", "right", ""),
    ]
    rows = [
        [name, *_counts(heard.get(code, Part())), *_counts(lost.get(code, Part()))[:2]]
        for code, name in names.items()
    ]
    opens = ("", *_opened("appearance_rate"), *_opened("loss_rate_concluded")[:2])
    note = "注：本期没有开庭和裁判案件的单位不列；共同被告的案件在各单位分别计算，各行之和可能大于合计。"
    return table(caption, columns, rows, note, opens=opens, units=list(names)) if rows else None


def month_table(material: Material, caption: str) -> Block:
    """Each month of the period beside the others."""
    columns = [
        ("月份", "left", "22%"),
        ("开庭（件）", "right", "13%"),
        ("出庭率", "right", "13%"),
        ("应履行（项）", "right", "14%"),
        ("履行率", "right", "12%"),
        ("审结（件）", "right", "13%"),
        ("败诉率", "right", ""),
    ]
    rows = [[month.period.label, *_month_cells(month)] for month in material.months]
    opens = ("", *(key for key in OF_MONTHS for _ in range(2)))
    return table(caption, columns, rows, opens=opens, units=[month.period.key for month in material.months])


OF_MONTHS = ("appearance_rate", "performance_rate", "loss_rate_concluded")


def _month_cells(month: Material) -> Row:
    parts = [month.measures[key].total for key in OF_MONTHS]
    return [cell for part in parts for cell in (str(part.denominator), rate_cell(part))]


def _area_table(
    material: Material,
    caption: str,
    columns: Sequence[tuple[str, str, str]],
    keys: Sequence[str],
    cells: Any,
    opens: Opens,
) -> Block | None:
    """A row for each area and the total; None for a region without areas or when nothing was counted."""
    totals = [material.measures[key].total for key in keys]
    if not material.areas or not any(total.denominator for total in totals):
        return None
    rows = [[unit.name, *cells([material.part(key, unit) for key in keys])] for unit in material.areas]
    rows.append(["合计", *cells(totals)])
    units = [*(unit.code for unit in material.areas), ""]
    return table(caption, columns, rows, JOINT, opens=opens, units=units)


def _appearance_cells(parts: list[Part]) -> Row:
    heard, complied, principal = parts
    return [*_counts(heard), rate_cell(complied), str(len(principal.numerator))]


def _by_code(material: Material, key: str, level: str | None) -> dict[str, Part]:
    slices = material.measures[key].by_agency
    return {
        agency.code: part for agency, part in slices if part.denominator and level in (None, agency.level)
    }


def _opened(key: str) -> tuple[str, str, str]:
    """What denominator, numerator and rate of a figure open."""
    return key, f"{key}/{NUMERATOR}", key


def _counts(part: Part) -> Row:
    return [str(part.denominator), str(len(part.numerator)), rate_cell(part)]
