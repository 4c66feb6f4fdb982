"""Addresses of the three administrators' pages."""

from django.urls import path

from organisations import views

app_name = "organisations"

urlpatterns = [
    path("sys/accounts/", views.accounts, name="accounts"),
    path("sys/accounts/<int:pk>/", views.account_action, name="account_action"),
    path("sec/grants/", views.grants, name="grants"),
    path("sec/grants/<int:pk>/end/", views.end_grant, name="end_grant"),
    path("audit/", views.audit_trail, name="audit"),
]
