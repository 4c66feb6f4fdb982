"""Writing a paper: fill in → check → hand in. The draft lives on the server; every press of a button keeps it first."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime

from cases.case_page.steps import page_of, status_of
from cases.law import current_law
from cases.models import Draft, LeaderNotice, Paper, PaperReview
from cases.papers import drafts, leaders
from cases.papers.drafts import draft_of, handed_in
from cases.papers.form import PaperForm
from cases.papers.handing_in import Finished, hand_in
from cases.papers.known_facts import facts_of
from cases.papers.labels import said_in
from cases.papers.submission import recipients
from cases.record.form_fields import FilesField
from cases.requests.lanes import entered_lane, page_after, under
from cases.requests.sheets import Sheet
from cases.views.duty_page import add_errors, lane_crumbs
from organisations.clock import today
from organisations.conflicts import conflict
from organisations.overtaken import Overtaken
from organisations.requests import SignedInRequest, id_in, text_in

# What a posted form carries beside the paper itself.
ENVELOPE = frozenset({"csrfmiddlewaretoken", "do", "key", "revision", "attachments"})


def write(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    """The page of a paper in the making."""
    lane = entered_lane(request, pk)
    desk = Writing(request, lane, kind)
    if desk.is_the_agencys():
        return desk.left_to_the_agency()
    return desk.posted() if request.method == "POST" else desk.shown()


def answer_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """补正: on to the page of the returned paper."""
    lane = entered_lane(request, pk)
    returned = get_object_or_404(
        PaperReview.objects.filter(paper__lane=lane, verdict=PaperReview.Verdict.RETURNED),
        pk=id_in(request.GET.get("about")) or 0,
    )
    page = page_of(returned.paper.kind, lane.pk, returned.paper.subject)
    return redirect(under(request, page["action_url"]))


class Writing(Sheet):
    """One person at one paper."""

    # 代录

    def is_the_agencys(self) -> bool:
        """Whether an office that enters comes upon what the agency keeps to itself: a draft, or a paper for nobody."""
        kept = self.draft.saved_by if self.draft else None
        if self.before and not self.kind.recipients:
            kept = self.before.submitted_by
        entering = self.author.behalf is not None
        return entering and kept is not None and kept.organisation_id != self.author.signer.organisation_id

    def left_to_the_agency(self) -> HttpResponse:
        """Back to the mandate: the agency is at it itself."""
        messages.warning(self.request, "该单位已自己填写这份材料，报送前只有该单位能看，请由其自行办理。")
        return redirect(page_after(self.request, self.lane))

    def _taken(self, paper: Paper) -> HttpResponse:
        """On to the receipt, or back to the mandate with its number."""
        if self.author.behalf is None:
            return redirect("cases:paper", paper.pk)
        messages.success(self.request, f"已代录{paper.get_kind_display()}，回执编号 {paper.number}。")
        return redirect(page_after(self.request, self.lane))

    # What is shown

    def shown(self) -> HttpResponse:
        """The form with the draft in it, or the page to check."""
        if self.request.GET.get("check") and self.draft:
            form = self._bound()
            if self._is_ready(form):
                return self._check_page(form)
            return self._form_page(form)
        return self._form_page(self._form(initial=self._initial()))

    def _form_page(self, form: PaperForm, *, status: int = 200, errors: Any = ()) -> HttpResponse:
        context = self._context(form) | {"file_errors": list(errors)}
        return render(self.request, "cases/papers/write.html", context, status=status)

    def _check_page(self, form: PaperForm, *, status: int = 200) -> HttpResponse:
        assert self.draft is not None
        online = form.cleaned_data.get("approval") == "leader"
        context = self._context(form) | {
            "content": [
                (field.label, said_in(form, field.name))
                for field in form.visible_fields()
                if said_in(form, field.name)
            ],
            "approval": leaders.approval_of(self.lane, drafts.as_it_stands(self.draft)) if online else None,
            "online": online,
        }
        return render(self.request, "cases/papers/check.html", context, status=status)

    def _context(self, form: PaperForm) -> dict[str, Any]:
        law = current_law()
        return {
            "lane": self.lane,
            "case": self.lane.case,
            "form": form,
            "draft": self.draft,
            "key": self.draft.key if self.draft else drafts.new_key(),
            "files": self.draft.files.all() if self.draft else [],
            "earlier_files": [] if self.draft else self._earlier_files(),
            "facts": facts_of(self.lane, self.kind, self.matter),
            "title": self.title,
            "verb": self.kind.verb,
            "here": self._here(),
            "check_url": self._here(check=True),
            "deadline": self.deadline,
            "status": status_of(self.deadline, today=today()) if self.deadline else None,
            "returned": self.returned,
            "answer": self._answer(),
            "recipients": recipients(self.lane.organisation, self.kind.key, law=law, on=today()),
            "breadcrumbs": lane_crumbs(self.lane, self.title),
        }

    def _answer(self) -> dict[str, Any] | None:
        """What the head said when the paper was last put before him or her, and whether it is still this paper."""
        asked = (
            leaders.last_approvals([self.lane.pk]).get(self.lane.pk)
            if self.draft and self.kind.says("approver")
            else None
        )
        if asked is None or self.draft is None:
            return None
        return {"notice": asked, "same": asked.content == drafts.as_it_stands(self.draft)}

    # What is posted

    def posted(self) -> HttpResponseBase:
        """Keep what was typed, then do what the pressed button says."""
        do, _, about = self.request.POST.get("do", "check").partition(":")
        key = text_in(self.request, "key", most=40)
        if paper := handed_in(self.lane, key):
            return self._is_handed_in(paper, do)
        if do in ("submit", "ask"):
            return self._finish(do)
        try:
            self._save(key)
        except Overtaken as overtaken:
            return self._overtaken(overtaken, do)
        return self._autosaved() if do == "autosave" else self._go_on(do, id_in(about) or 0)

    def _go_on(self, do: str, page: int) -> HttpResponse:
        """Take the files in, turn or move a page, or go on to the check."""
        refused = self._take_files()
        if do in FILE_ACTS:
            FILE_ACTS[do](self, page)
        if refused:
            return self._form_page(self._form(initial=self._initial()), status=422, errors=refused)
        if do != "check":
            return redirect(self._here() + "#pages")
        form = self._bound()
        return redirect(self._here(check=True)) if self._is_ready(form) else self._form_page(form, status=422)

    def _save(self, key: str) -> None:
        self.draft = drafts.save_draft(
            self.place,
            typed=_typed(self.request.POST),
            key=key or drafts.new_key(),
            revision=id_in(self.request.POST.get("revision")) or 0,
            author=self.author,
        )

    def _overtaken(self, overtaken: Overtaken, do: str) -> HttpResponse:
        if do == "autosave":
            said = f"{overtaken.who}刚才也在填写这份材料，您的修改还没有保存。点“保存草稿”可对照两个版本。"
            return JsonResponse({"message": said}, status=409)
        self.draft = draft_of(self.place)
        self._take_files()  # files of two people lie side by side, none is lost
        return conflict(self.request, self._form(initial=self._initial()), overtaken, do="save")

    def _autosaved(self) -> HttpResponse:
        assert self.draft is not None
        return JsonResponse(
            {"saved_at": f"{localtime(self.draft.saved_at):%H:%M}", "revision": self.draft.revision}
        )

    def _is_handed_in(self, paper: Paper, do: str) -> HttpResponse:
        """A replay is led to the receipt; what somebody typed meanwhile becomes the draft of a correction."""
        if do == "autosave":
            return JsonResponse({"message": f"这份材料已报送，回执 {paper.number}。"}, status=409)
        typed = _typed(self.request.POST)
        if do in ("submit", "ask") or _is_said_by(paper, typed):
            return self._taken(paper)
        if self.draft is None:
            self._save(drafts.new_key())
        by = paper.submitted_by.user.name
        messages.warning(
            self.request, f"{by}刚才已报送第 {paper.version} 版。您填写的内容已存为更正稿，请核对后再报。"
        )
        return redirect(self._here())

    def _take_files(self) -> list[str]:
        """Keep the files that came along; what cannot be taken is told one by one, the others stay."""
        assert self.draft is not None
        refused, taken = [], []
        for file in self.request.FILES.getlist("attachments"):
            try:
                taken += FilesField(required=False).clean([file])
            except ValidationError as error:
                refused += error.messages
        try:
            drafts.add_files(self.draft, taken, author=self.author)
        except ValidationError as error:
            refused += error.messages
        self.draft = draft_of(self.place)
        return refused

    def _move(self, pk: int, step: int) -> None:
        assert self.draft is not None
        drafts.move_file(self.draft, pk, step)

    def _turn(self, pk: int) -> None:
        assert self.draft is not None
        drafts.turn_file(self.draft, pk, author=self.author)

    def _drop(self, pk: int) -> None:
        assert self.draft is not None
        drafts.drop_file(self.draft, pk)

    def _finish(self, do: str) -> HttpResponse:
        """The last button: hand in, or put before the head who confirms."""
        if self.draft is None:
            messages.info(self.request, "没有找到草稿，可能已由本单位其他人员报送或清除。")
            return redirect(self._here())
        form = self._bound()
        ready = self._is_ready(form)
        if str(self.draft.revision) != self.request.POST.get("revision") and ready:
            messages.warning(self.request, "打开检查页以后内容又有变化，请再核对一遍。")
            return self._check_page(form, status=409)
        if not ready:
            return self._form_page(form, status=422)
        try:
            return self._ask(form) if do == "ask" else self._hand_in(form)
        except Draft.DoesNotExist:  # another press was faster
            paper = handed_in(self.lane, self.draft.key)
            return self._taken(paper) if paper else redirect(self._here())
        except ValidationError as error:
            add_errors(form, error)
            return self._form_page(form, status=422)

    def _ask(self, form: PaperForm) -> HttpResponse:
        assert self.draft is not None
        head = form.cleaned_data["approver"]
        leaders.ask_leaders(
            self.lane,
            [head],
            kind=LeaderNotice.Kind.APPROVAL,
            content=drafts.as_it_stands(self.draft),
            author=self.author,
        )
        messages.success(self.request, f"已送{head}确认。确认后再回本页报送。")
        return redirect(self._here(check=True))

    def _hand_in(self, form: PaperForm) -> HttpResponse:
        assert self.draft is not None
        finished = Finished(self._submission(form), self._along(form))
        paper = hand_in(self.draft, finished, author=self.author, law=current_law())
        return self._taken(paper)


FILE_ACTS: dict[str, Callable[[Writing, int], None]] = {
    "up": lambda desk, pk: desk._move(pk, -1),
    "down": lambda desk, pk: desk._move(pk, +1),
    "turn": Writing._turn,
    "drop": Writing._drop,
}


def _is_said_by(paper: Paper, typed: Mapping[str, list[str]]) -> bool:
    """Whether the paper says what was typed, in the fields that both have."""
    both = paper.content.keys() & typed.keys()
    return all(
        [str(paper.content[name] or "")] == typed[name]
        for name in both
        if isinstance(paper.content[name], str)
    )


def _typed(posted: QueryDict) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in posted.lists() if name not in ENVELOPE}
