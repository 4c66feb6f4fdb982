"""What a paper says, label by label, as its page, its print and its check read it."""

from typing import Any

from cases.models import Paper
from cases.papers.form import GROUPS, IN_GROUP, PaperForm
from cases.papers.kinds import KINDS


def fields_of(kind: str) -> dict[str, Any]:
    """The fields of a kind of paper that say something, by name, in the order of its form."""
    form = KINDS[kind].form()
    return {
        name: field
        for name, field in form.fields.items()
        if name not in form.envelope and name not in IN_GROUP
    }


def returnable(kind: str) -> dict[str, str]:
    """What can be returned for mending, with its label: each field, rows of a table together, the files."""
    groups = {IN_GROUP[name] for name in KINDS[kind].form().fields if name in IN_GROUP}
    labels = {name: str(field.label) for name, field in fields_of(kind).items()}
    return labels | {name: label for name, label in GROUPS.items() if name in groups | {"attachments"}}


def content_of(paper: Paper) -> list[tuple[str, str]]:
    """Label and text of everything a paper says, in the order of its form."""
    said = paper.content
    return [
        (str(field.label), words_of(field, said[name]))
        for name, field in fields_of(paper.kind).items()
        if said.get(name) not in (None, "", [])
    ] + _earlier(paper)


def _earlier(paper: Paper) -> list[tuple[str, str]]:
    """What a paper of an earlier release said in fields that are no more."""
    labels = {"cause": "败诉原因", "measures": "整改措施"}
    known = fields_of(paper.kind)
    return [
        (label, str(paper.content[name]))
        for name, label in labels.items()
        if name in paper.content and name not in known
    ]


def words_of(field: Any, value: Any) -> str:
    """A value in the words of a reader."""
    labels = {
        str(key): str(label) for key, label in getattr(field, "choices", ()) if not isinstance(label, list)
    }
    values = value if isinstance(value, list) else [value]
    return "、".join(labels.get(str(one), str(one)) for one in values)


def said_in(form: PaperForm, name: str) -> str:
    """What a field says, in the words of a reader."""
    value = form.cleaned_data.get(name)
    if not value:
        return ""
    labels = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    values = value if isinstance(value, list) or hasattr(value, "values_list") else [value]
    return "、".join(labels.get(str(getattr(one, "pk", one)), str(one)) for one in values)
