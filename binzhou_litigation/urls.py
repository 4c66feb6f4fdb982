"""All addresses of the platform."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from binzhou_litigation import api, health, home
from organisations.views import signing_in as accounts

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("help/", accounts.help_page, name="help"),
    path("login/", accounts.SignIn.as_view(), name="login"),
    path("logout/", accounts.SignOut.as_view(), name="logout"),
    path("password/", accounts.ChangePassword.as_view(), name="password_change"),
    path("role/", accounts.role, name="role"),
    path("", include("organisations.urls")),
    path("", include("cases.urls")),
    path("", include("courts.urls")),
    path("", include("supervision.urls")),
    path("", include("reports.urls")),
    path("api/v1/", include((api.urls, "api"))),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("healthz", login_not_required(health.alive), name="healthz"),
    path("readyz", login_not_required(health.ready), name="readyz"),
]

handler400 = "binzhou_litigation.errors.bad_request"
handler403 = "binzhou_litigation.errors.forbidden"
handler404 = "binzhou_litigation.errors.not_found"
handler500 = "binzhou_litigation.errors.server_error"
