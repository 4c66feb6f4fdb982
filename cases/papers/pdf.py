"""Papers on paper: A4, locked facts above free reasoning, a place for the seal."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from cases.models import LeaderNotice, Nomination, Paper
from cases.papers.known_facts import RECORD
from cases.papers.labels import content_of
from lib.pdf import Fonts, render_pdf
from rules.appearance import PROVISIONS


def paper_pdf(paper: Paper, *, printed_at: datetime) -> bytes:
    """A report or filing as it was handed in, with its receipt, measures and list of files."""
    context = {
        "paper": paper,
        "facts": paper.content.get(RECORD, []),
        "content": content_of(paper),
        "measures": paper.measures.all(),
        "files": paper.files.all(),
        "approvals": paper.leader_notices.filter(kind=LeaderNotice.Kind.APPROVAL).select_related("head"),
        "deliveries": paper.deliveries.select_related("recipient"),
        "printed_at": printed_at,
    }
    return print_paper("documents/paper.html", context)


def certificate_pdf(nomination: Nomination, *, printed_at: datetime) -> bytes:
    """负责人身份证明, to be sealed and brought to the hearing (规定第六条)."""
    context = {"nomination": nomination, "article": f"{PROVISIONS}第六条", "printed_at": printed_at}
    return print_paper("documents/certificate.html", context)


def materials_pdf(paper: Paper, *, printed_at: datetime) -> bytes:
    """应诉材料清单: what went to the court, line by line, as the defence report names it."""
    lines = [line.strip() for line in paper.content.get("materials", "").splitlines() if line.strip()]
    context = {"paper": paper, "lines": lines, "printed_at": printed_at}
    return print_paper("documents/materials.html", context)


def print_paper(template: str, context: dict[str, Any]) -> bytes:
    """A document in the print of agencies' papers (A4, margins and faces of GB/T 9704-2012), as PDF."""
    html = render_to_string(template, context)
    stylesheet = Path(settings.BASE_DIR / "static" / "css" / "paper.css").read_text("utf-8")
    return render_pdf(html, stylesheet=stylesheet, fonts=Fonts.find(settings.FONTS_DIRS)).content
