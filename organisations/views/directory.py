"""The directory of organisations, for those who are typing one of its names."""

from django.http import HttpResponse
from django.shortcuts import render

from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest

MOST = 12


def agency_names(request: SignedInRequest) -> HttpResponse:
    """The agencies of whose names the typed words are a part, as options; the field may have any name."""
    typed = str(next(iter(request.GET.values()), "")).strip()[:100]
    seen = Organisation.objects.visible_to(request.actor).agencies().existing(on=today())
    found = seen.called(typed).order_by("position", "code")
    return render(
        request, "components/_agency_names.html", {"names": found.values_list("name", flat=True)[:MOST]}
    )
