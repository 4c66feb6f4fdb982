"""自助统计: a measure, by what, of which period and region; asked by address, so that it can be sent on."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from organisations.clock import today
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from organisations.serving import XLSX, download
from reports.analysis.answers import Answer
from reports.analysis.export import answer_csv, answer_workbook
from reports.analysis.forms import SaveForm
from reports.analysis.saved import delete_question, save_question
from reports.figures.dimensions import DIMENSIONS, Dimension, Slice, dimensions_of
from reports.figures.entries import Part
from reports.figures.measure import Measure
from reports.figures.measures import AUTHOR, MEASURES, SINCE, VERSION
from reports.figures.pictures import bars, count_bars
from reports.figures.scopes import last_ended, period_choices
from reports.models import SavedQuestion
from reports.requests import chosen_region, period_or_404, populations_of, reading_of, regions_of
from reports.views.listed import live_rows
from reports.views.returns import return_links
from reports.views.shown import part_tabs
from rules.report_periods import Kind, ReportPeriod

PER_PAGE = 100
Named = TypeVar("Named")
FORMATS = {"xlsx": (answer_workbook, XLSX), "csv": (answer_csv, "text/csv; charset=utf-8")}


@require_safe
@requires(Action.READ_FIGURES)
def query(request: SignedInRequest) -> HttpResponse:
    """The answer in a sentence, a picture and a table, and the cases of the slice that is opened."""
    answer = _asked(request)
    return render(request, "reports/analysis/query.html", _shown(request, answer, SaveForm()))


@require_safe
@requires(Action.READ_FIGURES)
def export(request: SignedInRequest, form: str) -> HttpResponse:
    """The same as a workbook or as CSV."""
    answer, author = _asked(request), author_of(request)
    make, media_type = FORMATS[form]
    content = make(answer, by=f"{author.signer.organisation.name} {author.name}")
    now = answer.populations
    name = f"{answer.what.label} 按{answer.by.label} {now.region.name} {now.period.key}.{form}"
    return download(content, name, media_type)


@require_POST
@requires(Action.READ_FIGURES)
def save(request: SignedInRequest) -> HttpResponse:
    """Keep the question under a name."""
    answer, form = _asked(request), SaveForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/analysis/query.html", _shown(request, answer, form), status=422)
    told, period = form.cleaned_data, answer.populations.period
    saved = save_question(
        told["name"], answer.what.key, answer.by.key, period, shared=told["shared"], author=author_of(request)
    )
    messages.success(request, f"已保存“{saved}”，以后打开即为最近一期的结果。")
    return redirect(saved_url(saved))


@require_POST
@requires(Action.READ_FIGURES)
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Only its owner deletes it."""
    saved = get_object_or_404(SavedQuestion, pk=pk, owner=request.actor)
    delete_question(saved, author=author_of(request))
    messages.success(request, f"已删除“{saved}”。")
    return redirect("reports:query")


def saved_url(saved: SavedQuestion) -> str:
    """Where it is asked again, of the last period of its kind that is over."""
    period = last_ended(cast(Kind, saved.period_kind), today())
    return _url({"measure": saved.measure, "by": saved.by, "period": period.key})


def _asked(request: SignedInRequest) -> Answer:
    """What the address asks: by default how heads appeared by region; by another dimension where one does not fit.

    Http404 for what is not known: nobody takes out another figure than the one asked for.
    """
    chosen = request.GET.get("period", "")
    period: ReportPeriod = period_or_404(chosen) if chosen else last_ended("quarter", today())
    region = chosen_region(request, regions_of(request))
    what = _known(MEASURES, request.GET.get("measure") or "appearance_rate", "指标")
    return Answer(what, _dimension(what, request.GET.get("by", "")), populations_of(request, period, region))


def _known(all_: Mapping[str, Named], key: str, what: str) -> Named:
    if key not in all_:
        raise Http404(f"没有{what}“{key[:40]}”。")
    return all_[key]


def _dimension(what: Measure, key: str) -> Dimension:
    known = dimensions_of(what)
    asked = _known(DIMENSIONS, key or known[0].key, "分项")
    return asked if asked in known else known[0]


def _shown(request: SignedInRequest, answer: Answer, form: SaveForm) -> dict[str, Any]:
    rows = [_row(answer, key, part) for key, part in answer.slices]
    return {
        "answer": answer,
        "period": answer.populations.period,
        "region": answer.populations.region,
        "regions": regions_of(request),
        "periods": period_choices(today(), kinds=4),
        "measures": MEASURES.values(),
        "dimensions": DIMENSIONS.values(),
        "fitting": dimensions_of(answer.what),
        "returns": return_links(answer.populations.region),
        "rows": rows,
        "bars": _bars(answer, rows),
        "gaps": [gap.words for gap in answer.total.footing.missing],
        "definition": {"version": VERSION, "since": SINCE, "author": AUTHOR},
        "question": _question(answer),
        "saved": _saved(request),
        "form": form,
        "snapshot": reading_of(),
        "breadcrumbs": [
            {"label": "指标", "url": reverse("reports:figures")},
            {"label": "自助统计", "url": ""},
        ],
    } | _cases(request, answer)


def _saved(request: SignedInRequest) -> list[tuple[str, SavedQuestion, bool]]:
    """Where each is asked again, and whether it is the reader's own."""
    seen = SavedQuestion.objects.visible_to(request.actor).select_related("owner__user")
    return [(saved_url(one), one, one.owner == request.actor) for one in seen]


def _row(answer: Answer, key: Slice, part: Part) -> dict[str, Any]:
    return {
        "label": key.label,
        "value": answer.value(part),
        "size": answer.size(part),
        "share": answer.share(part),
        "excluded": len(part.excluded),
        "part": part,
        "url": _url(_asking(answer) | {"slice": key.key}) + "#cases",
    }


def _bars(answer: Answer, rows: list[dict[str, Any]]) -> list[Any]:
    """A rate as its share, a count by its size; nothing where there is too little."""
    if answer.is_small:
        return []
    named = [(row["label"], row["part"], row["url"]) for row in rows]
    if answer.tells_rates:
        return bars(named, is_bad=answer.what.is_bad)
    return count_bars(named, answer.value)


def _cases(request: SignedInRequest, answer: Answer) -> dict[str, Any]:
    """Those of the chosen slice, or all."""
    wanted = request.GET.get("slice", "")
    label, chosen = next(
        ((key.label, part) for key, part in answer.slices if key.key == wanted), ("全部", answer.total)
    )
    part, tabs = part_tabs(chosen, request.GET.get("part", ""))
    query = urlencode(_asking(answer) | ({"slice": wanted} if wanted else {}))
    page, now = page_of(request, getattr(chosen, part), PER_PAGE), answer.populations
    return {
        "units": live_rows(page, answer.what, now.period, now.agencies),
        "slice": label,
        "tabs": tabs,
        "part": part,
        "page": page,
        "extra": f"&{query}#cases",
        "query": f"part={part}&{query}",
    }


def _asking(answer: Answer) -> dict[str, str]:
    now = answer.populations
    return {
        "measure": answer.what.key,
        "by": answer.by.key,
        "period": now.period.key,
        "region": now.region.code,
    }


def _question(answer: Answer) -> str:
    return urlencode(_asking(answer))


def _url(asking: dict[str, str]) -> str:
    return f"{reverse('reports:query')}?{urlencode(asking)}"
