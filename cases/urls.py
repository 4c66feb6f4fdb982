"""Addresses of cases, the agencies' duties, papers and deadline receipts."""

from django.urls import path

from cases.views import browse, duties, papers

app_name = "cases"

urlpatterns = [
    path("cases/", browse.case_list, name="list"),
    path("cases/<int:pk>/", browse.case_detail, name="detail"),
    path("deadlines/<int:pk>/basis/", browse.deadline_basis, name="deadline_basis"),
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
