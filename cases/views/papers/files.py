"""Reading what lies with a paper or a draft: its pictures, and the pages of its PDFs as pictures."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from cases.models import Draft, DraftFile, Paper, PaperFile
from cases.requests.lanes import MANDATE, entered_lane
from cases.views.duty_page import lane_crumbs
from lib.attachments import JPEG, PDF, PNG
from lib.pdf_pages import NoPreview, page_of
from organisations.files import read
from organisations.requests import SignedInRequest
from organisations.serving import attachment, inline, picture

MOST_PAGES = 60


def view_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file page by page, with its neighbours; what cannot be drawn is offered for saving."""
    found = _file(request, pk)
    files = list(found.paper.files.order_by("position", "pk"))
    here, count = files.index(found), _pages_of(found)
    context = {
        "file": found,
        "paper": found.paper,
        "pages": range(1, min(count, MOST_PAGES) + 1),
        "of": count,
        "before": files[here - 1] if here else None,
        "after": files[here + 1] if here + 1 < len(files) else None,
        "breadcrumbs": lane_crumbs(found.paper.lane, found.name),
    }
    return render(request, "cases/papers/view_file.html", context)


def file_page(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture."""
    found = _file(request, pk)
    if found.file.media_type in (JPEG, PNG) and number == 1:
        return inline(found.file)
    if found.file.media_type != PDF:
        raise Http404
    read(found.file)  # damaged files are told as such
    try:
        return picture(page_of(found.file.path, number).picture, JPEG)
    except NoPreview as error:
        raise Http404 from error


def _file(request: SignedInRequest, pk: int) -> PaperFile:
    seen = PaperFile.objects.filter(paper__in=Paper.objects.visible_to(request.actor))
    related = ("file", "paper__lane__case", "paper__lane__organisation")
    return get_object_or_404(seen.select_related(*related), pk=pk)


def _pages_of(found: PaperFile) -> int:
    """How many pages can be shown; none of what is neither a picture nor a PDF."""
    if found.file.media_type in (JPEG, PNG):
        return 1
    if found.file.media_type != PDF:
        return 0
    read(found.file)
    try:
        return page_of(found.file.path, 1).of
    except NoPreview:
        return 0


def draft_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """A page of a draft: shown where it is a picture, else downloaded."""
    pages = DraftFile.objects.select_related("file", "draft")
    if MANDATE in request.GET:
        page = get_object_or_404(pages.filter(draft__saved_by=request.actor), pk=pk)
        entered_lane(request, page.draft.lane_id)
    else:
        page = get_object_or_404(pages.filter(draft__in=Draft.objects.visible_to(request.actor)), pk=pk)
    return inline(page.file) if page.is_picture else attachment(page.file, page.name)
