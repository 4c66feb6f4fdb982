"""What the API's acts share: the pages' forms check the input, revisions guard against the second writer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="The ETag of what is being changed."
)


class RevisionWanted(APIException):
    """A change that does not say on top of which revision it is made."""

    status_code = 428
    default_code = "precondition_required"
    default_detail = "请用 If-Match 带上所改内容的 ETag。"


class Overtaken(APIException):
    """Somebody else was faster; the answer carries what they saved."""

    status_code = 412
    default_code = "precondition_failed"
    default_detail = "这份内容刚被他人改过，请取最新内容核对后再改。"


def checked(form: forms.Form) -> dict[str, Any]:
    """What a form holds. Raises ValidationError with the same sentences as the page."""
    if not form.is_valid():
        raise ValidationError({name: list(errors) for name, errors in form.errors.items()})
    return form.cleaned_data


def told_in(request: Request) -> QueryDict:
    """What the caller sent, as a form posts it: every value a text, or several. Raises ValidationError."""
    said = request.data
    if isinstance(said, QueryDict):
        return said
    if not isinstance(said, Mapping):
        raise ValidationError("请以对象（字段: 值）提交。")
    posted = QueryDict(mutable=True)
    for name, value in said.items():
        if value is not None:
            posted.setlist(str(name), [_text(one) for one in (value if isinstance(value, list) else [value])])
    return posted


def _text(value: Any) -> str:
    """As a form posts it: yes and no for true and false. Raises ValidationError for signs that cannot be kept."""
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValidationError("文字里有不能保存的控制字符，请去掉后再提交。")
    return text


def tagged(data: Mapping[str, Any], revision: int, *, status: int = 200) -> Response:
    """An answer with the revision as its ETag."""
    return Response(data, status=status, headers={"ETag": f'"{revision}"'})


def revision_in(request: Request) -> int:
    """The revision that If-Match names. Raises RevisionWanted without one."""
    tag = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not tag.isdecimal() or len(tag) > 9:  # noqa: PLR2004 - beyond the column
        raise RevisionWanted
    return int(tag)
