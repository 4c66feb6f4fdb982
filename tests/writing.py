"""Writing papers as a person does: fill in, check, hand in."""

from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Draft

KEYS = count(1)
DEFENCE_REPORT = {
    "summary": "概况",
    "evidence_filed_on": "2026-10-10",
    "evidence": "已举证",
    "head": "副局长",
    "approval": "scan",
}


def scan(name="盖章件.pdf", content=b"%PDF-1.4 sealed"):
    return SimpleUploadedFile(name, content)


def check(client, url, *, files=(), **typed):
    """Fill in and press 检查; the answer is the page to check, or the form with what is to be mended."""
    form = {"do": "check", "key": f"k{next(KEYS)}", "revision": "0"} | typed
    if files:
        form["attachments"] = list(files)
    return client.post(url, form, follow=True)


def hand_in(client, url, *, files=(), **typed):
    """Fill in, check and hand in; the answer is the receipt, or the page where it stopped."""
    checked = check(client, url, files=files, **typed)
    if checked.templates and checked.templates[0].name != "cases/papers/check.html":
        return checked
    draft = Draft.objects.get(pk=checked.context["draft"].pk)
    return client.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision}, follow=True)
