"""The cases that the filters in an address leave, for the list itself and for what is taken out of it."""

from django.db.models import QuerySet
from django.http import QueryDict

from cases.case_list.filters import CaseFilter
from cases.models import Case
from organisations.clock import today
from organisations.requests import SignedInRequest


def chosen_cases(request: SignedInRequest, data: QueryDict) -> CaseFilter:
    """The filters of `data` over the cases that the reader sees."""
    cases: QuerySet[Case] = Case.objects.visible_to(request.actor)
    return CaseFilter(data, queryset=cases, request=request, on=today())


def chips_of(request: SignedInRequest, chosen: CaseFilter) -> list[dict[str, str]]:
    """The filters in use, each in words and with the address without it."""
    chips = []
    for name in [name for name in chosen.filters if request.GET.get(name)]:
        field, value = chosen.form.fields[name], request.GET[name]
        words = {str(key): str(label) for key, label in getattr(field, "choices", ())}.get(value, value)
        rest = request.GET.copy()
        rest.pop("page", None)
        rest.pop(name)
        label = f"{field.label}：{words}" if name not in ("watched", "voided") else str(field.label)
        chips.append({"label": label, "remove_url": f"?{rest.urlencode()}"})
    return chips
