"""Addresses of the three administrators' pages, and of how people and units are reached."""

from django.urls import path

from organisations.views import administration, contact, directory, groups

app_name = "organisations"

urlpatterns = [
    path("sys/accounts/", administration.accounts, name="accounts"),
    path("sys/accounts/<int:pk>/", administration.account, name="account"),
    path("sec/grants/", administration.grants, name="grants"),
    path("sec/grants/<int:pk>/end/", administration.end_grant, name="end_grant"),
    path("audit/", administration.audit_trail, name="audit"),
    path("agencies/names/", directory.agency_names, name="agency_names"),
    path("groups/", groups.groups, name="groups"),
    path("contact/", contact.own, name="own_contact"),
    path("contact/<int:pk>/", contact.unit, name="unit_contact"),
]
