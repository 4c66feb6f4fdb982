"""The page for whoever saved second: both versions side by side, nothing lost, one choice."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations.overtaken import Overtaken


def conflict(request: HttpRequest, form: Form, overtaken: Overtaken, **changed: str) -> HttpResponse:
    """409 with each field that differs: what the other saved, and what this person posted.

    保留我的 posts the same fields again on top of the other's revision, but for those that are `changed`;
    用对方的 opens the page anew.
    """
    mine = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    diff = [
        {"field": field.label, "old": _words(field, theirs), "new": _words(field, ours)}
        for name, field in form.fields.items()
        if (theirs := _listed(overtaken.theirs.get(name))) != (ours := _listed(mine.get(name)))
    ]
    again = changed | {"revision": str(overtaken.revision)}
    kept = mine | {name: [value] for name, value in again.items()}
    context = {
        "diff": diff,
        "who": overtaken.who,
        "mine": {
            "action": request.get_full_path(),
            "fields": [{"name": name, "value": value} for name, values in kept.items() for value in values],
        },
        "theirs_url": request.get_full_path(),
    }
    return render(request, "409.html", context, status=409)


def _listed(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    values = value if isinstance(value, list | tuple) else [value]
    return [str(getattr(one, "pk", one)) for one in values if one not in ("", None)]


def _words(field: Any, values: list[str]) -> str:
    """The values as a reader knows them: the words of a choice, not its code."""
    labels = {
        str(key): str(label) for key, label in getattr(field, "choices", ()) if not isinstance(label, list)
    }
    return "、".join(labels.get(value, value) for value in values)
