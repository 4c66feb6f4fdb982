"""Handing out kept files."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations.files import read
from organisations.models import StoredFile


def attachment(request: HttpRequest, stored: StoredFile, name: str) -> HttpResponse:
    """A kept file under that name; a page (503) where it is missing or damaged."""
    try:
        content = read(stored)
    except ValueError:
        return damaged(request)
    return download(content, name, stored.media_type)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes that a browser saves under that name and never runs."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def damaged(request: HttpRequest) -> HttpResponse:
    """The page that says so when a kept file is missing or no longer what it was."""
    return render(request, "organisations/file_damaged.html", status=503)
