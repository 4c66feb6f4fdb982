"""Proving a bulletin: whether its snapshot and PDF are whole, and which facts have moved since."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from organisations.files import read
from reports.bulletins.bulletins import BulletinRefused, hash_of, render_document
from reports.figures.figures import figures
from reports.models import Bulletin
from rules.report_periods import parse_report_period


class NotAPdf(ValueError):
    """The file is no PDF or cannot be read."""


def find_bulletin(name: str) -> Bulletin | None:
    """The bulletin of a number, or of a PDF file by its bytes; None when no stored PDF is the same.

    NotAPdf for a file that is none, and for what is neither a file nor a known number.
    """
    path = Path(name)
    if not path.is_file():
        known = Bulletin.objects.filter(number=name).exclude(number="").first()
        if known is None:
            raise NotAPdf(f"没有文号为“{name}”的通报，也没有这个文件。")
        return known
    content = path.read_bytes()
    if not content.startswith(b"%PDF"):
        raise NotAPdf(f"{path.name} 不是 PDF 文件。")
    return Bulletin.objects.filter(pdf=hashlib.sha256(content).hexdigest()).order_by("-drafted_at").first()


def altered(bulletin: Bulletin) -> list[str]:
    """What somebody changed in the snapshot or the PDF since they were made; empty when both are whole."""
    return [*_snapshot(bulletin), *_pdf(bulletin)]


def moved(bulletin: Bulletin) -> list[str]:
    """The measures that the facts known by now would give otherwise, each with the cases that came and went.

    What courts and units tell later is no fault of the paper: it is mended by 上期补报 in the next one.
    """
    return list(_figures(bulletin))


def _snapshot(bulletin: Bulletin) -> Iterator[str]:
    if hash_of(bulletin.snapshot) != bulletin.snapshot_hash:
        yield "快照与其散列不一致：内容在拟稿或印发之后被改动过。"


def _pdf(bulletin: Bulletin) -> Iterator[str]:
    if bulletin.pdf is None:
        yield "没有 PDF。"
        return
    try:
        stored = read(bulletin.pdf)
        again = render_document(bulletin.snapshot["document"]).content
    except (ValueError, BulletinRefused) as error:
        yield f"PDF：{error}"
        return
    if stored != again:
        yield "PDF 与由快照重新生成的不一致（内容、模板或字体有变化）。"


def _figures(bulletin: Bulletin) -> Iterator[str]:
    """Measures of the bulletin that the data would now give otherwise; those defined since are not its matter."""
    document = figures(parse_report_period(bulletin.period), bulletin.region, bulletin.as_of)
    now = {row["key"]: row for row in document["measures"]}
    for then in bulletin.snapshot["figures"]["measures"]:
        row = now.get(then["key"])
        if row is None:
            yield f"{then['label']}：通报为 {_told(then)}，现已没有这项指标。"
        elif _core(row) != _core(then):
            yield f"{row['label']}：通报为 {_told(then)}，按现有数据为 {_told(row)}{_whose(then, row)}。"


def _core(row: dict[str, Any]) -> tuple[Any, ...]:
    ids = [sorted(row[name]) for name in ("numerator_ids", "denominator_ids")]
    return row["numerator"], row["denominator"], row["rate"], *ids


def _told(row: dict[str, Any]) -> str:
    return f"{row['numerator']}/{row['denominator']}"


def _whose(then: dict[str, Any], now: dict[str, Any]) -> str:
    """The cases by which numerator and denominator differ."""
    parts = []
    for name, label in (("numerator_ids", "分子"), ("denominator_ids", "分母")):
        came, gone = set(now[name]) - set(then[name]), set(then[name]) - set(now[name])
        parts += [f"{label}增加 {'、'.join(sorted(came))}"] if came else []
        parts += [f"{label}减少 {'、'.join(sorted(gone))}"] if gone else []
    return f"（{'；'.join(parts)}）" if parts else ""
