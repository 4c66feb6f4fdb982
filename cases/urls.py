"""Addresses of cases, the agencies' duties, papers and deadline receipts."""

from django.urls import path

from cases.views import (
    attention,
    browse,
    case_list,
    deadlines,
    heads,
    ledger,
    material,
    papers,
    reading,
    registered,
    roster,
    writing,
)
from cases.views.paper_pages import URL_KINDS

app_name = "cases"

# The page of each kind of paper, below its lane: the name with dashes is its address.
PAPERS = [
    path(f"lanes/<int:pk>/{name.replace('_', '-')}/", writing.write, {"kind": str(kind)}, name=name)
    for name, kind in URL_KINDS.items()
]

urlpatterns = [
    path("cases/", case_list.case_list, name="list"),
    path("cases/export.xlsx", case_list.export_cases, name="export_cases"),
    path("cases/chosen/", case_list.act_on_chosen, name="act_on_chosen"),
    path("cases/new/", material.new_case, name="new_case"),
    path("cases/<int:pk>/", browse.case_detail, name="detail"),
    path("cases/<int:pk>/watch/", attention.watch, name="watch"),
    path("cases/<int:pk>/defendants/new/", material.new_defendant, name="new_defendant"),
    path("cases/<int:pk>/note/", attention.note, name="note"),
    path("deadlines/<int:pk>/basis/", deadlines.basis, name="deadline_basis"),
    path("deadlines/<int:pk>/basis.pdf", deadlines.basis_file, name="basis_file"),
    path("deadlines/<int:pk>/change/<str:kind>/", deadlines.change, name="change_deadline"),
    path("deadlines/<int:pk>/resume/", deadlines.resume, name="resume_deadline"),
    path("deadlines/<int:pk>/complete/", registered.complete, name="complete"),
    path("deadlines/<int:pk>/plan/", registered.plan, name="plan"),
    path("organisations/<int:pk>/incoming/", registered.unit_incoming, name="unit_incoming"),
    path("incoming/", registered.own_incoming, name="own_incoming"),
    path("registered/<str:kind>/<int:pk>/withdraw/", registered.withdraw, name="withdraw"),
    path("registered/<str:kind>/<int:pk>/file/", registered.registered_file, name="registered_file"),
    path("lanes/<int:pk>/incoming/", registered.incoming, name="incoming"),
    path("lanes/<int:pk>/receipt/correct/", deadlines.correct_receipt, name="correct_receipt"),
    path("lanes/<int:pk>/receive/", material.receive, name="receive"),
    path("lanes/<int:pk>/receive/preview/", material.preview, name="receive_preview"),
    path("lanes/<int:pk>/return/", material.give_back, name="give_back"),
    path("returns/<int:pk>/", material.decide_return, name="decide_return"),
    path("lanes/<int:pk>/appoint/", heads.appoint, name="appoint"),
    path("lanes/<int:pk>/designate/", heads.designate, name="designate"),
    path("lanes/<int:pk>/appearance/", heads.appearance, name="appearance"),
    *PAPERS,
    path("lanes/<int:pk>/correction/", writing.answer_return, name="answer_return"),
    path("lanes/<int:pk>/perform/", ledger.perform, name="perform"),
    path("lanes/<int:pk>/appeal/", ledger.appeal, name="appeal"),
    path("obligations/<int:pk>/", ledger.ledger, name="ledger"),
    path("obligations/<int:pk>/decide/", ledger.decide, name="decide_obligation"),
    path("ledger/", ledger.to_check, name="to_check"),
    path("ledger/<int:pk>/check/", ledger.check, name="check_entry"),
    path("ledger/files/<int:pk>/", ledger.proof, name="proof"),
    path("measures/<int:pk>/", ledger.measure, name="measure"),
    path("measures/<int:pk>/file/", ledger.measure_file, name="measure_file"),
    path("heads/", roster.roster, name="roster"),
    path("heads/new/", roster.new_head, name="new_head"),
    path("heads/<int:pk>/", roster.edit_head, name="edit_head"),
    path("nominations/<int:pk>/confirm/", heads.confirm_head, name="confirm_head"),
    path("nominations/<int:pk>/certificate.pdf", papers.certificate, name="certificate"),
    path("notices/<int:pk>/leader/", heads.leader_notice, name="leader_notice"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/paper.pdf", papers.paper_as_pdf, name="paper_pdf"),
    path("papers/<int:pk>/opened/", papers.opened, name="opened"),
    path("papers/<int:pk>/unread/", papers.unread, name="unread"),
    path("papers/<int:pk>/review/", papers.review_paper, name="review_paper"),
    path("papers/files/<int:pk>/", papers.file, name="file"),
    path("papers/files/<int:pk>/view/", reading.view_file, name="view_file"),
    path("papers/files/<int:pk>/pages/<int:number>/", reading.file_page, name="file_page"),
    path("drafts/files/<int:pk>/", writing.draft_file, name="draft_file"),
    path("filings/", papers.filings, name="filings"),
]
