"""Putting an upload right on the page: names and cells, columns, and rows that were held earlier."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.law import current_law
from courts.models import Kind, Upload
from courts.requests import closed_month, crumbs, month_key, month_url, upload_or_404
from courts.sheets.layouts import guess, match_columns
from courts.uploads.background import check_again
from courts.uploads.corrections import (
    NameUnknown,
    NotOpen,
    affirm_rows,
    agency_named,
    change_month,
    correct_cells,
    remember_name,
)
from courts.uploads.forms import ColumnsForm, CorrectionForm
from courts.uploads.planning import copy_of, month_of, workbook_of
from courts.uploads.questions import month_asked
from courts.uploads.wizard import stages
from courts.views.uploads.upload import check_page
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action

OPEN = (Upload.State.PLANNED, Upload.State.REFUSED)


@require_POST
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Names that mean an agency from now on, and cells of this file put right; then the file is checked anew."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if upload.state != Upload.State.PLANNED:
        return redirect("courts:check", pk=pk)
    form = CorrectionForm(upload, request.POST)
    named = _named(form, upload, request) if form.is_valid() else None
    if named is None:
        return check_page(request, upload, repairs=form, status=422)
    cells, affirmed = form.cells(), form.affirmed()
    author = author_of(request)
    for name, agency in named.items():
        remember_name(upload.court, name, agency, author=author)
    if not (named or cells or affirmed):
        messages.info(request, "没有填写改正的内容。")
        return redirect("courts:check", pk=pk)
    try:
        if cells:
            correct_cells(upload, cells, author=author)
        if affirmed:
            affirm_rows(upload, affirmed, author=author)
    except NotOpen:
        messages.info(request, "这份上传刚被提交或放弃，没有再改动。")
        return redirect("courts:check", pk=pk)
    check_again(upload, author=author, law=current_law())
    messages.success(request, _done(named, len(cells), len(affirmed)))
    return redirect("courts:check", pk=pk)


@require_POST
def remonth(request: SignedInRequest, pk: int) -> HttpResponse:
    """改报: the month that the file says, in place of the one it was uploaded for; then it is checked anew."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    told = month_asked(upload)
    if upload.state != Upload.State.PLANNED or not told or closed_month(month_of(told)):
        return redirect("courts:check", pk=pk)
    author = author_of(request)
    try:
        change_month(upload, month_of(told), author=author)
    except NotOpen:
        messages.info(request, "这份上传刚被提交或放弃，没有再改动。")
        return redirect("courts:check", pk=pk)
    check_again(upload, author=author, law=current_law())
    messages.success(request, f"已改报{month_of(told).label}，并重新检查。")
    return redirect("courts:check", pk=pk)


@require_POST
def redo(request: SignedInRequest, pk: int) -> HttpResponse:
    """重新检查: the same file, against the record as it is now."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if upload.state == Upload.State.PLANNED:
        check_again(upload, author=author_of(request), law=current_law())
    return redirect("courts:check", pk=pk)


@require_POST
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    """改正暂存行: the confirmed file once more, with all corrections so far, to become the next version."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if upload.file is None:
        return redirect("courts:check", pk=pk)
    author = author_of(request)
    copy = check_again(copy_of(upload, author=author), author=author, law=current_law())
    return redirect("courts:check", pk=copy.pk)


@require_http_methods(["GET", "POST"])
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """对列: which column of the file is which, where its headers are not known."""
    upload = upload_or_404(request, pk, to=Action.NOTIFY)
    if upload.state not in OPEN or upload.file is None:
        return redirect("courts:check", pk=pk)
    book = workbook_of(upload)
    layout = guess(book, upload.court, request.GET.get("kind", ""), request.GET.get("sheet", ""))
    form = ColumnsForm(layout, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if match_columns(upload, layout, form.meanings(), author=author_of(request)):
            check_again(upload, author=author_of(request), law=current_law())
            messages.success(request, "列已对应，并为本院记住；下次同样的表头不用再对。")
        return redirect("courts:check", pk=pk)
    context = {
        "upload": upload,
        "layout": layout,
        "form": form,
        "kinds": Kind.choices,
        "kind_label": Kind(layout.kind).label,
        "sheets": [sheet.name for sheet in book.sheets if sheet.rows],
        "matched": sum(bool(column.meaning) for column in layout.columns),
        "stages": stages(upload),
        "month_url": month_url(request, month_key(upload.month)),
        "breadcrumbs": crumbs(request, upload.month, f"对列 {upload.file_name}"),
    }
    return render(request, "courts/uploads/columns.html", context, status=422 if form.is_bound else 200)


def _named(form: CorrectionForm, upload: Upload, request: SignedInRequest) -> dict[str, Organisation] | None:
    """The agencies that the clerk means, or None with the errors in the form."""
    named = {}
    for name, words in form.names().items():
        try:
            named[name] = agency_named(upload.court, words, author=author_of(request))
        except NameUnknown as unknown:
            form.add_error(None, str(unknown))
    return named if not form.errors else None


def _done(named: dict[str, Organisation], cells: int, affirmed: int) -> str:
    parts = [f"“{name}”已对应到{agency.name}，同名各行都已改，并已记住" for name, agency in named.items()]
    parts += [f"改正 {cells} 个单元格"] if cells else []
    parts += [f"确认无误 {affirmed} 行"] if affirmed else []
    return f"{'；'.join(parts)}。已重新检查。"
