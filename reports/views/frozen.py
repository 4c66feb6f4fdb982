"""What stands in a bulletin opens as it was frozen: the paper with its links, and the list behind each of them."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import Case
from organisations.access import within_q
from organisations.models import Organisation, Post
from organisations.requests import SignedInRequest, page_of
from reports.bulletins.frozen import frozen_lists, frozen_measure, frozen_score, number_of, opens
from reports.figures.printing import DASH
from reports.models import Bulletin
from reports.views.listed import agencies_in, frozen_rows
from reports.views.shown import list_tabs
from rules.report_periods import ReportPeriod, ReportPeriodInvalid, parse_report_period

PER_PAGE = 100
# The columns of annexes that name cases.
CASE_COLUMNS = ("案号", "案号 · 机关")
NOTHING = ("0", DASH)  # opens no list
Block = dict[str, Any]


class Link(str):
    """What a cell or a run of a sentence says, and where it opens; nowhere if it has no address."""

    url: str

    def __new__(cls, words: str, url: str = "") -> "Link":
        made = super().__new__(cls, words)
        made.url = url
        return made


def bulletin_or_404(request: SignedInRequest, pk: int) -> Bulletin:
    """A bulletin that the reader may see."""
    visible = Bulletin.objects.visible_to(request.actor).select_related("issuer", "region", "pdf")
    return get_object_or_404(visible, pk=pk)


@require_safe
def figure(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """One figure of a bulletin as it was frozen, of the whole or of a unit: its cases, those missing or left out."""
    found, unit = bulletin_or_404(request, pk), request.GET.get("unit", "")
    row = frozen_measure(found.snapshot, key, unit)
    if row is None:
        raise Http404("本通报没有这项数字。")
    lists = frozen_lists(row)
    part, tabs = list_tabs({name: len(listed) for name, listed in lists.items()}, request.GET.get("part", ""))
    page = page_of(request, lists[part], PER_PAGE)
    context = {
        "bulletin": found,
        "row": row,
        "tabs": tabs,
        "part": part,
        "page": page,
        "units": _rows(list(page), key, found, unit, request.actor),
        "extra": f"&{urlencode({'unit': unit})}" if unit else "",
        "query": urlencode({"part": part} | ({"unit": unit} if unit else {})),
        "breadcrumbs": [
            {"label": "通报", "url": reverse("reports:bulletins")},
            {"label": found.number or "草稿", "url": reverse("reports:bulletin", args=[found.pk])},
            {"label": row["label"], "url": ""},
        ],
    }
    return render(request, "reports/bulletins/figure.html", context)


@require_safe
def score(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """The score sheet of a unit in the ranking of a bulletin, as it was frozen: every line with its case."""
    found = bulletin_or_404(request, pk)
    unit = frozen_score(found.snapshot, code)
    if unit is None:
        raise Http404("本通报没有这个单位的计分单。")
    cases = _seen({line["case"] for line in unit["ledger"]}, request.actor)
    items = [
        item | {"lines": [line | {"pk": cases.get(line["case"])} for line in item["lines"]]}
        for item in unit["items"]
    ]
    context = {
        "bulletin": found,
        "unit": unit,
        "items": items,
        "breadcrumbs": [
            {"label": "通报", "url": reverse("reports:bulletins")},
            {"label": found.number or "草稿", "url": reverse("reports:bulletin", args=[found.pk])},
            {"label": unit["name"], "url": ""},
        ],
    }
    return render(request, "reports/bulletins/score.html", context)


def _rows(listed: list[tuple[str, str]], key: str, bulletin: Bulletin, unit: str, actor: Post | None) -> Any:
    cases = _seen({number_of(one) for one, _ in listed}, actor)
    period, agencies = _told_of(bulletin, unit)
    units = ((one, reason, cases.get(number_of(one))) for one, reason in listed)
    return frozen_rows(units, key, period, agencies)


def _told_of(bulletin: Bulletin, unit: str) -> tuple[ReportPeriod, set[int]]:
    """The period and the agencies of a figure: those of the bulletin, unless it is of one month or of one unit."""
    try:
        period = parse_report_period(unit)
    except ReportPeriodInvalid:
        period = parse_report_period(bulletin.period)
        if unit:
            return period, agencies_in(unit)
    own = Organisation.objects.filter(within_q(bulletin.region_id, "region"))
    return period, set(own.values_list("pk", flat=True))


def _seen(numbers: set[str], actor: Post | None) -> dict[str, int]:
    seen = Case.objects.visible_to(actor).filter(number__in=numbers, voided_at=None)
    return dict(seen.values_list("number", "pk"))


def opened_document(bulletin: Bulletin, actor: Post | None) -> dict[str, Any]:
    """The document of a bulletin, its figures linked to what they are made of and its annexes to their cases."""
    document: dict[str, Any] = bulletin.snapshot["document"]
    annexes = document["attachments"]
    cases = _seen(set(_numbers(annexes)), actor)
    return document | {
        "blocks": [_opened(block, bulletin) for block in document["blocks"]],
        "attachments": [
            annex
            | {"blocks": [_with_cases(_with_scores(block, bulletin), cases) for block in annex["blocks"]]}
            for annex in annexes
        ],
    }


def _opened(block: Block, bulletin: Bulletin) -> Block:
    if not block.get("opens"):
        return block
    if block["kind"] == "table":
        return block | {"rows": list(_linked_rows(block, bulletin))}
    return block | {"runs": list(_runs(block, bulletin))}


def _runs(block: Block, bulletin: Bulletin) -> Iterator[Link]:
    """The sentence in pieces, the numbers among them with their addresses."""
    text, last = block["text"], 0
    for one in block["opens"]:
        yield Link(text[last : one["from"]])
        yield Link(text[one["from"] : one["to"]], _url(bulletin, one["key"], one["part"], one["unit"]))
        last = one["to"]
    yield Link(text[last:])


def _linked_rows(block: Block, bulletin: Bulletin) -> Iterator[list[Link]]:
    columns = [column.partition("/") for column in block["opens"]["columns"]]
    for unit, cells in zip(block["opens"]["rows"], block["rows"], strict=True):
        yield [
            Link(cell, _url(bulletin, key, part, unit) if key and cell not in NOTHING else "")
            for cell, (key, _, part) in zip(cells, columns, strict=True)
        ]


def _url(bulletin: Bulletin, key: str, part: str, unit: str) -> str:
    """Where a number opens; nowhere where the figure of the unit was not frozen."""
    if not opens(bulletin.snapshot, key, unit):
        return ""
    asked = {name: value for name, value in (("unit", unit), ("part", part)) if value}
    address = reverse("reports:frozen_figure", args=[bulletin.pk, key])
    return f"{address}?{urlencode(asked)}" if asked else address


def _numbers(annexes: Iterable[Block]) -> Iterator[str]:
    for annex in annexes:
        for block in annex["blocks"]:
            for place in _places(block):
                yield from (number_of(row[place]) for row in block["rows"])


def _places(block: Block) -> list[int]:
    return [n for n, column in enumerate(block.get("columns", ())) if column["label"] in CASE_COLUMNS]


def _with_scores(block: Block, bulletin: Bulletin) -> Block:
    """A ranking whose units lead to their score sheets, where they were frozen with it."""
    if "scores" not in block:
        return block
    urls = (reverse("reports:frozen_score", args=[bulletin.pk, code]) for code in block["scores"])
    rows = [
        [rank, Link(name, url), *rest] for (rank, name, *rest), url in zip(block["rows"], urls, strict=True)
    ]
    return block | {"rows": rows}


def _with_cases(block: Block, cases: dict[str, int]) -> Block:
    places = _places(block)
    if not places:
        return block
    rows = [
        [_case_link(cell, cases) if n in places else cell for n, cell in enumerate(row)]
        for row in block["rows"]
    ]
    return block | {"rows": rows}


def _case_link(cell: str, cases: dict[str, int]) -> Link:
    case = cases.get(number_of(cell))
    return Link(cell, reverse("cases:detail", args=[case]) if case else "")
