"""Addresses of the app."""

from django.urls import path

from courts.views import ledger
from courts.views.notifications import entering, held_rows, month, received, remembered
from courts.views.uploads import repairs, upload

app_name = "courts"

urlpatterns = [
    path("ledger/export/", ledger.export_ledger, name="export_ledger"),
    path("court/", month.home, name="home"),
    path("court/templates/", month.templates, name="templates"),
    path("court/templates/<str:kind>/", month.template, name="template"),
    path("court/returns/", month.returns, name="returns"),
    path("court/<str:month>/", month.month, name="month"),
    path("court/<str:month>/nil/<str:kind>/", month.nil, name="nil"),
    path("court/uploads/<int:pk>/", upload.check, name="check"),
    path("court/uploads/<int:pk>/progress/", upload.progress, name="progress"),
    path("court/uploads/<int:pk>/check/", upload.check_now, name="check_now"),
    path("court/uploads/<int:pk>/columns/", repairs.columns, name="columns"),
    path("court/uploads/<int:pk>/correct/", repairs.correct, name="correct"),
    path("court/uploads/<int:pk>/redo/", repairs.redo, name="redo"),
    path("court/uploads/<int:pk>/month/", repairs.remonth, name="remonth"),
    path("court/uploads/<int:pk>/mend/", repairs.mend, name="mend"),
    path("court/uploads/<int:pk>/effects/", upload.effects, name="effects"),
    path("court/uploads/<int:pk>/confirm/", upload.confirm_upload, name="confirm"),
    path("court/uploads/<int:pk>/drop/", upload.drop_upload, name="drop"),
    path("court/uploads/<int:pk>/receipt/", upload.acknowledgement, name="acknowledgement"),
    path("court/uploads/<int:pk>/receipt.pdf", upload.acknowledgement_paper, name="acknowledgement_paper"),
    path("court/uploads/<int:pk>/file/", upload.original, name="file"),
    path("court/uploads/<int:pk>/marked/", upload.marked, name="marked"),
    path("notifications/", received.received, name="received"),
    path("notifications/courts/<str:code>/enter-for/", entering.enter_for, name="enter_for"),
    path("notifications/held/", held_rows.held, name="held"),
    path("notifications/held/<int:pk>/name/", held_rows.name_agency, name="name_agency"),
    path("notifications/names/", remembered.names, name="names"),
    path("notifications/names/<int:pk>/forget/", remembered.forget, name="forget"),
    path("notifications/headers/<int:pk>/forget/", remembered.forget_header, name="forget_header"),
    path("notifications/gaps/<str:code>/<str:month>/<str:kind>/", received.gap, name="gap"),
    path("notifications/rows/<str:number>/", received.source_row, name="source_row"),
]
