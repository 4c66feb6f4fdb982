"""Addresses of the app."""

from django.urls import path

from courts import views

app_name = "courts"

urlpatterns = [
    path("court/", views.home, name="home"),
    path("court/<str:month>/", views.month, name="month"),
    path("court/<str:month>/nil/<str:kind>/", views.nil, name="nil"),
    path("court/uploads/<int:pk>/", views.check, name="check"),
    path("court/uploads/<int:pk>/confirm/", views.confirm_upload, name="confirm"),
    path("court/uploads/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("court/uploads/<int:pk>/file/", views.original, name="file"),
    path("court/uploads/<int:pk>/marked/", views.marked, name="marked"),
    path("notifications/", views.received, name="received"),
]
