"""Addresses of the app."""

from django.urls import path

from courts.views import months, office, repairs, uploads

app_name = "courts"

urlpatterns = [
    path("court/", months.home, name="home"),
    path("court/templates/", months.templates, name="templates"),
    path("court/templates/<str:kind>/", months.template, name="template"),
    path("court/returns/", months.returns, name="returns"),
    path("court/<str:month>/", months.month, name="month"),
    path("court/<str:month>/nil/<str:kind>/", months.nil, name="nil"),
    path("court/uploads/<int:pk>/", uploads.check, name="check"),
    path("court/uploads/<int:pk>/progress/", uploads.progress, name="progress"),
    path("court/uploads/<int:pk>/check/", uploads.check_now, name="check_now"),
    path("court/uploads/<int:pk>/columns/", repairs.columns, name="columns"),
    path("court/uploads/<int:pk>/correct/", repairs.correct, name="correct"),
    path("court/uploads/<int:pk>/redo/", repairs.redo, name="redo"),
    path("court/uploads/<int:pk>/mend/", repairs.mend, name="mend"),
    path("court/uploads/<int:pk>/effects/", uploads.effects, name="effects"),
    path("court/uploads/<int:pk>/confirm/", uploads.confirm_upload, name="confirm"),
    path("court/uploads/<int:pk>/drop/", uploads.drop_upload, name="drop"),
    path("court/uploads/<int:pk>/receipt/", uploads.receipt, name="receipt"),
    path("court/uploads/<int:pk>/receipt.pdf", uploads.receipt_paper, name="receipt_paper"),
    path("court/uploads/<int:pk>/file/", uploads.original, name="file"),
    path("court/uploads/<int:pk>/marked/", uploads.marked, name="marked"),
    path("notifications/", office.received, name="received"),
    path("notifications/held/", office.held, name="held"),
    path("notifications/held/<int:pk>/name/", office.name_agency, name="name_agency"),
    path("notifications/names/", office.names, name="names"),
    path("notifications/names/<int:pk>/forget/", office.forget, name="forget"),
    path("notifications/headers/<int:pk>/forget/", office.forget_header, name="forget_header"),
    path("notifications/gaps/<str:code>/<str:month>/<str:kind>/", office.gap, name="gap"),
    path("notifications/rows/<str:number>/", office.source_row, name="source_row"),
]
