"""Addresses of cases, the agencies' duties, papers and deadlines."""

from django.urls import path

from cases.papers.kinds import KINDS
from cases.views import case_list, corrections, decisions, performance, registration
from cases.views.case_page import notes, page
from cases.views.deadlines import completion, computation, incoming, orders, withdrawal
from cases.views.hearings import appearance, nomination, roster
from cases.views.mandates import answers, entering
from cases.views.material import correction, material
from cases.views.papers import files, leaders, papers, writing
from cases.views.rectification import measures, plan

app_name = "cases"

# The page of each kind of paper, below its lane: the name with dashes is its address.
PAPERS = [
    path(f"lanes/<int:pk>/{kind.page.replace('_', '-')}/", writing.write, {"kind": key}, name=kind.page)
    for key, kind in KINDS.items()
]

urlpatterns = [
    path("cases/", case_list.case_list, name="list"),
    path("cases/export.xlsx", case_list.export_cases, name="export_cases"),
    path("cases/chosen/", case_list.act_on_chosen, name="act_on_chosen"),
    path("cases/new/", registration.new_case, name="new_case"),
    path("cases/<int:pk>/", page.case_detail, name="detail"),
    path("cases/<int:pk>/watch/", notes.watch, name="watch"),
    path("cases/<int:pk>/lanes/new/", registration.new_lane, name="new_lane"),
    path("cases/<int:pk>/number/", corrections.number, name="correct_number"),
    path("cases/<int:pk>/void/", corrections.void, name="void"),
    path("cases/<int:pk>/<str:kind>/<int:fact>/move/", corrections.move, name="move_fact"),
    path("cases/<int:pk>/note/", notes.note, name="note"),
    path("deadlines/<int:pk>/basis/", computation.basis, name="deadline_basis"),
    path("deadlines/<int:pk>/basis.pdf", computation.basis_file, name="basis_file"),
    path("deadlines/<int:pk>/change/<str:kind>/", orders.change, name="change_deadline"),
    path("deadlines/<int:pk>/resume/", orders.resume, name="resume_deadline"),
    path("deadlines/<int:pk>/complete/", completion.complete, name="complete"),
    path("deadlines/<int:pk>/plan/", plan.plan, name="plan"),
    path("organisations/<int:pk>/incoming/", incoming.unit_incoming, name="unit_incoming"),
    path("incoming/", incoming.own_incoming, name="own_incoming"),
    path("registered/<str:kind>/<int:pk>/withdraw/", withdrawal.withdraw, name="withdraw"),
    path("registered/<str:kind>/<int:pk>/file/", withdrawal.registered_file, name="registered_file"),
    path("lanes/<int:pk>/incoming/", incoming.incoming, name="incoming"),
    path(
        "lanes/<int:pk>/service-receipt/correct/",
        correction.correct_service_receipt,
        name="correct_service_receipt",
    ),
    path("lanes/<int:pk>/receive/", material.receive, name="receive"),
    path("lanes/<int:pk>/receive/preview/", material.preview, name="receive_preview"),
    path("lanes/<int:pk>/return/", material.give_back, name="give_back"),
    path("returns/<int:pk>/", material.decide_return, name="decide_return"),
    path("lanes/<int:pk>/appoint/", nomination.appoint, name="appoint"),
    path("lanes/<int:pk>/designate/", appearance.designate, name="designate"),
    path("lanes/<int:pk>/appearance/", appearance.appearance, name="appearance"),
    *PAPERS,
    path("lanes/<int:pk>/correction/", writing.answer_return, name="answer_return"),
    path("lanes/<int:pk>/perform/", performance.perform, name="perform"),
    path("lanes/<int:pk>/enter-for/", entering.enter_for, name="enter_for"),
    path("mandates/<int:pk>/", entering.mandate, name="mandate"),
    path("mandates/<int:pk>/heads/new/", roster.entered_head, name="entered_head"),
    path("mandates/<int:pk>/file/", entering.mandate_file, name="mandate_file"),
    path("mandated/", answers.mandated, name="mandated"),
    path("mandated/<int:pk>/", answers.mandated_entry, name="mandated_entry"),
    path("lanes/<int:pk>/appeal/", decisions.appeal, name="appeal"),
    path("obligations/<int:pk>/", performance.ledger, name="ledger"),
    path("obligations/<int:pk>/decide/", performance.decide, name="decide_obligation"),
    path("ledger/", performance.to_check, name="to_check"),
    path("ledger/<int:pk>/check/", performance.check, name="check_entry"),
    path("ledger/files/<int:pk>/", performance.proof, name="proof"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/file/", measures.measure_file, name="measure_file"),
    path("heads/", roster.roster, name="roster"),
    path("heads/new/", roster.new_head, name="new_head"),
    path("heads/<int:pk>/", roster.edit_head, name="edit_head"),
    path("nominations/<int:pk>/confirm/", nomination.confirm_head, name="confirm_head"),
    path("nominations/<int:pk>/certificate.pdf", papers.certificate, name="certificate"),
    path("notices/<int:pk>/leader/", leaders.leader_notice, name="leader_notice"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/paper.pdf", papers.paper_as_pdf, name="paper_pdf"),
    path("papers/<int:pk>/opened/", papers.opened, name="opened"),
    path("papers/<int:pk>/unread/", papers.unread, name="unread"),
    path("papers/<int:pk>/review/", papers.review_paper, name="review_paper"),
    path("papers/files/<int:pk>/", papers.file, name="file"),
    path("papers/files/<int:pk>/view/", files.view_file, name="view_file"),
    path("papers/files/<int:pk>/pages/<int:number>/", files.file_page, name="file_page"),
    path("drafts/files/<int:pk>/", files.draft_file, name="draft_file"),
    path("filings/", papers.filings, name="filings"),
]
