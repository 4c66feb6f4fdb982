"""Addresses of the app."""

from django.urls import path, re_path

from reports.views import (
    analysis,
    bulletins,
    candidates,
    cockpit,
    figures,
    frozen,
    reconciliation,
    returns,
    scoring,
)

app_name = "reports"

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/export/", figures.workbook, name="figures_workbook"),
    path("figures/<str:period>/", figures.trends, name="trends"),
    path("figures/<str:period>/<slug:key>/", figures.measure, name="measure"),
    path("figures/<str:period>/<slug:key>/trend/", figures.trend, name="trend"),
    path("analysis/query/", analysis.query, name="query"),
    re_path(r"^analysis/query\.(?P<form>xlsx|csv)$", analysis.export, name="query_export"),
    path("analysis/query/save/", analysis.save, name="save_question"),
    path("analysis/query/<int:pk>/delete/", analysis.delete, name="delete_question"),
    path("analysis/half-year/<str:period>/", returns.page, {"kind": "half_year"}, name="half_year"),
    path(
        "analysis/half-year/<str:period>/export/",
        returns.workbook,
        {"kind": "half_year"},
        name="half_year_workbook",
    ),
    path("analysis/annual/<str:period>/", returns.page, {"kind": "year"}, name="annual"),
    path("analysis/annual/<str:period>/export/", returns.workbook, {"kind": "year"}, name="annual_workbook"),
    path("coverage/", figures.coverage, name="coverage"),
    path("coverage/<str:period>/", figures.coverage, name="coverage"),
    path("coverage/<str:period>/sign/", figures.sign, name="sign_off"),
    path("coverage/<str:period>/<slug:kind>/", figures.gap, name="gap"),
    path("scores/cases/<int:pk>/", scoring.case_effect, name="case_effect"),
    path("scores/", scoring.ranking, name="ranking"),
    path("scores/<str:period>/", scoring.ranking, name="ranking"),
    path("scores/<str:period>/<str:code>/", scoring.unit, name="unit"),
    path("reconcile/", reconciliation.index, name="reconcile"),
    path("reconcile/item/<int:pk>/", reconciliation.item, name="reconcile_item"),
    path("reconcile/answers/<int:pk>/file/", reconciliation.answer_file, name="answer_file"),
    path("reconcile/candidates/", candidates.queue, name="candidates"),
    path("reconcile/candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path(
        "reconcile/candidates/<int:pk>/together/",
        candidates.candidate,
        {"together": True},
        name="candidates_together",
    ),
    path("reconcile/<str:period>/", reconciliation.month, name="reconcile_month"),
    path("reconcile/<str:period>/lock/", reconciliation.lock, name="lock_month"),
    path("reconcile/<str:period>/sheet.pdf", reconciliation.sheet, name="reconcile_sheet"),
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/draft/", bulletins.draft, name="draft"),
    path("bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:pk>.pdf", bulletins.pdf, name="pdf"),
    path("bulletins/<int:pk>/figures/<slug:key>/", frozen.figure, name="frozen_figure"),
    path("bulletins/<int:pk>/scores/<str:code>/", frozen.score, name="frozen_score"),
    path("bulletins/<int:pk>/confirm/", bulletins.confirm, name="confirm"),
    path("bulletins/<int:pk>/issue/", bulletins.issue, name="issue"),
]
