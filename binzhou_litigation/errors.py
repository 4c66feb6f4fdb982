"""What a reader gets when something cannot be answered: pages in Chinese, problem details for the API."""

import logging
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from organisations.files import FileDamaged

logger = logging.getLogger(__name__)

CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
}
MESSAGES = {
    401: "请先登录，或提供有效的令牌。",
    403: "当前身份不办理此事项。",
    404: "没有这个对象，或不在当前身份的范围内。",
    405: "此地址不支持该操作方式。",
    429: "请求过于频繁，请稍后再试。",
}


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The API's one shape of errors: `{"code", "message", "errors": [{"field", "message"}]}`."""
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(getattr(error, "message_dict", None) or error.messages)
    if isinstance(error, FileDamaged):
        return Response({"code": "file_damaged", "message": str(error), "errors": []}, status=503)
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    errors = _field_errors(error)
    message = MESSAGES.get(status) or (
        errors[0]["message"] if errors else str(getattr(error, "detail", error))
    )
    code = CODES.get(status) or getattr(error, "default_code", "error")
    response.data = {"code": code, "message": message, "errors": errors}
    return response


def _field_errors(error: Exception) -> list[dict[str, str]]:
    if not isinstance(error, exceptions.ValidationError):
        return []
    detail = error.detail
    if isinstance(detail, list):
        return [{"field": "", "message": str(message)} for message in detail]
    return [
        {"field": "" if name == "non_field_errors" else str(name), "message": str(message)}
        for name, messages in detail.items()
        for message in (messages if isinstance(messages, list) else [messages])
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's safety token is missing or old; what was typed is still in the reader's window."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return render(request, "403.html", {"exception": exception}, status=403)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"code": CODES[404], "message": MESSAGES[404], "errors": []}, status=404)
    return render(request, "404.html", {"why": _why(exception)}, status=404)


def _why(exception: Http404) -> str:
    """What the page itself says is not there, a sentence; the framework's own words are English and not for readers."""
    said = exception.args[0] if exception.args else ""
    return said if isinstance(said, str) and said.endswith("。") else ""


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request's context, which asks the database: that may be what failed."""
    error_id = uuid4().hex[:8].upper()
    logger.error("%s %s: error shown as %s", request.method, request.path, error_id)
    shown = {"error_id": error_id, "help_phone": settings.HELP_PHONE}
    return HttpResponse(render_to_string("500.html", shown), status=500)
