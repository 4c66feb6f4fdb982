"""Addresses of cases, the agencies' duties, papers and deadline receipts."""

from django.urls import path

from cases.views import browse, deadlines, duties, papers

app_name = "cases"

urlpatterns = [
    path("cases/", browse.case_list, name="list"),
    path("cases/<int:pk>/", browse.case_detail, name="detail"),
    path("deadlines/<int:pk>/basis/", deadlines.basis, name="deadline_basis"),
    path("deadlines/<int:pk>/basis.pdf", deadlines.basis_file, name="basis_file"),
    path("deadlines/<int:pk>/change/<str:kind>/", deadlines.change, name="change_deadline"),
    path("deadlines/<int:pk>/resume/", deadlines.resume, name="resume_deadline"),
    path("deadlines/<int:pk>/complete/", deadlines.complete, name="complete"),
    path("incoming/", deadlines.own_incoming, name="own_incoming"),
    path("registered/<str:kind>/<int:pk>/withdraw/", deadlines.withdraw, name="withdraw"),
    path("registered/<str:kind>/<int:pk>/file/", deadlines.registered_file, name="registered_file"),
    path("lanes/<int:pk>/incoming/", deadlines.incoming, name="incoming"),
    path("lanes/<int:pk>/receipt/correct/", deadlines.correct_receipt, name="correct_receipt"),
    path("lanes/<int:pk>/receive/", duties.receive, name="receive"),
    path("lanes/<int:pk>/report-up/", duties.report_up, name="report_up"),
    path("lanes/<int:pk>/appoint/", duties.appoint, name="appoint"),
    path("lanes/<int:pk>/defence-report/", duties.defence_report, name="defence_report"),
    path("lanes/<int:pk>/judgment-filing/", duties.judgment_filing, name="judgment_filing"),
    path("lanes/<int:pk>/lost-report/", duties.lost_report, name="lost_report"),
    path("lanes/<int:pk>/absence/", duties.absence, name="absence"),
    path("lanes/<int:pk>/perform/", duties.perform, name="perform"),
    path("nominations/<int:pk>/confirm/", duties.confirm_head, name="confirm_head"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/opened/", papers.opened, name="opened"),
    path("papers/files/<int:pk>/", papers.file, name="file"),
    path("filings/", papers.filings, name="filings"),
]
