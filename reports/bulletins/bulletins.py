"""Bulletins: drafted from the data of a moment, issued once, never changed after."""

import hashlib
import json
import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from cases.law import Law
from courts.notifications.coverage import PAPER_RULES
from lib.display import document_date
from lib.pdf import Fonts, PdfFile, render_pdf
from organisations import audit
from organisations.authors import Author
from organisations.files import store
from organisations.models import Organisation, Region, StoredFile
from reports.bulletins.documents import build_document
from reports.bulletins.kinds import KINDS
from reports.bulletins.material import Material
from reports.bulletins.slices import slices_of
from reports.figures.figures import figures_of
from reports.figures.measures import VERSION
from reports.models import Bulletin
from reports.scoring.ranking import ranking_json
from rules.report_periods import ReportPeriod
from rules.rulebook import RuleNotInForce

MEDIA_TYPE = "application/pdf"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔20[0-9]{2}〕[1-9][0-9]{0,4}号")
_BRACKETS = str.maketrans("[]【】（）()", "〔〕〔〕〔〕〔〕")


class BulletinRefused(ValueError):
    """The bulletin cannot be drafted or issued; the message says why and what to do."""


class NumberRefused(BulletinRefused):
    """The 文号 is not written as one, or another bulletin has it."""


def draft_bulletin(kind: str, period: ReportPeriod, region: Region, author: Author, law: Law) -> Bulletin:
    """Make the draft of a bulletin, or bring it up to the data of this moment. BulletinRefused when it cannot be.

    On unchanged data the same day gives the same snapshot and the same bytes. What is issued stays as it is: a new
    draft is made beside it. Nothing is locked while the figures are computed and the PDF is set.
    """
    return keep_draft(*prepare_draft(kind, period, region, author, law), author)


def prepare_draft(
    kind: str, period: ReportPeriod, region: Region, author: Author, law: Law
) -> tuple[Bulletin, PdfFile]:
    """The draft as of this moment, not saved, and its PDF, not stored. BulletinRefused when it cannot be."""
    _check_period(kind, period)
    issuer = issuer_of(kind, region)
    bulletin = _open_drafts(kind, period.key, region.pk).first() or Bulletin(
        kind=kind, period=period.key, region=region
    )
    material = Material(period, region, author.at)
    bulletin.issuer, bulletin.as_of = issuer, author.at
    bulletin.drafted_at, bulletin.drafted_by = author.at, author.post
    return bulletin, _freeze(bulletin, snapshot_of(material, kind, issuer, law))


@transaction.atomic
def keep_draft(bulletin: Bulletin, made: PdfFile, author: Author) -> Bulletin:
    """Keep a prepared draft as the one draft there is; one made meanwhile from later data stays instead."""
    _one_at_a_time(bulletin.region_id)
    current = _open_drafts(bulletin.kind, bulletin.period, bulletin.region_id).first()
    if current is not None and current.as_of > bulletin.as_of:
        return current
    bulletin.pk = current.pk if current else None  # the one it was made from may be issued by now
    bulletin.pdf = _store(made, author)
    bulletin.save()
    audit.record(
        author, "bulletin.draft", f"拟稿 {bulletin.title}", about=bulletin, hash=bulletin.snapshot_hash
    )
    return bulletin


def issue_bulletin(bulletin: Bulletin, number: str, author: Author, reviewed: str | None = None) -> Bulletin:
    """Give the draft its number and date and close it for ever.

    `reviewed` is the snapshot hash its issuer read, by default that of `bulletin` as given. BulletinRefused when the
    draft is another by now or issued already, NumberRefused for the number.
    """
    seen = bulletin.snapshot_hash if reviewed is None else reviewed
    return keep_issued(*prepare_issue(bulletin, number, author, seen), author, seen)


def prepare_issue(bulletin: Bulletin, number: str, author: Author, seen: str) -> tuple[Bulletin, PdfFile]:
    """The bulletin as it is going out, not saved, and its PDF, not stored; refused as by `issue_bulletin`."""
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    _check_issuable(bulletin, seen)
    bulletin.number = _checked_number(number)
    day = document_date(author.on)
    document = bulletin.snapshot["document"] | {
        "number": bulletin.number, "date_text": day, "printed_on_text": day, "draft": False,
    }  # fmt: skip
    made = _freeze(bulletin, bulletin.snapshot | {"document": document})
    bulletin.state, bulletin.issued_at, bulletin.issued_by = Bulletin.State.ISSUED, author.at, author.post
    return bulletin, made


@transaction.atomic
def keep_issued(bulletin: Bulletin, made: PdfFile, author: Author, seen: str) -> Bulletin:
    """Keep a prepared issue, if the draft is still the one that was seen and the number still free."""
    _one_at_a_time(bulletin.region_id)
    _check_issuable(Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk), seen)
    _checked_number(bulletin.number)
    bulletin.pdf = _store(made, author)
    bulletin.save()
    summary = f"印发 {bulletin.number} {bulletin.title}"
    audit.record(
        author, "bulletin.issue", summary, about=bulletin, hash=bulletin.snapshot_hash, pdf=bulletin.pdf_id
    )
    return bulletin


def issuer_of(kind: str, region: Region) -> Organisation:
    """The office in whose name a kind of bulletin goes out (“3632”机制)."""
    office = KINDS[kind].issuer
    issuer = Organisation.objects.filter(kind=office, region=region).first()
    if issuer is None:
        label = Organisation.Kind(office).label
        raise BulletinRefused(f"名录中{region.name}没有{label}，请先由管理员补录印发单位。")
    return issuer


def snapshot_of(material: Material, kind: str, issuer: Organisation, law: Law) -> dict[str, Any]:
    """All that a bulletin says and rests on: figures with ids, ranking, document, versions of rules and calendar."""
    on = material.populations.on.isoformat()
    document = build_document(material, KINDS[kind].outline, issuer)
    return {
        "kind": kind,
        "figures": figures_of(material.populations),
        "previous": _compact(figures_of(material.populations_before)),
        "ranking": ranking_json(material.ranking, material.region, on) if material.ranking else None,
        "document": document,
        "slices": slices_of(material, document),
        "rules": {"measures": VERSION, "limits": _limits(law, material.period)},
        "calendar": law.calendar.version_of(material.period.last),
    }


def hash_of(snapshot: dict[str, Any]) -> str:
    """SHA-256 over the snapshot in one canonical form."""
    return hashlib.sha256(json.dumps(snapshot, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def render_document(document: dict[str, Any]) -> PdfFile:
    """The PDF of a document; BulletinRefused names characters that no installed font can print."""
    html = render_to_string("documents/official.html", {"document": document})
    stylesheet = (settings.BASE_DIR / "static" / "css" / "official.css").read_text("utf-8")
    made = render_pdf(html, stylesheet=stylesheet, fonts=Fonts.find(settings.FONTS_DIRS))
    if made.missing_glyphs:
        characters = "、".join(made.missing_glyphs)
        raise BulletinRefused(
            f"以下字符没有字体可以印出：{characters}。请安装含这些字的字体，或核对原文后重新拟稿。"
        )
    return made


def _one_at_a_time(region: str) -> None:
    """Keeping drafts and issues of a region waits for the one before, until its transaction ends."""
    Region.objects.select_for_update(of=("self",), no_key=True).get(pk=region)


def _open_drafts(kind: str, period: str, region: str) -> QuerySet[Bulletin]:
    """The draft there is, if there is one; never an issued bulletin."""
    return Bulletin.objects.filter(kind=kind, period=period, region=region, state=Bulletin.State.DRAFT)


def _check_issuable(bulletin: Bulletin, seen: str) -> None:
    if bulletin.state == Bulletin.State.ISSUED:
        issued_on = localtime(bulletin.issued_at).date()
        raise BulletinRefused(
            f"本通报已于 {issued_on} 印发（{bulletin.number}），不能再次印发；有误的在下一期通报中更正。"
        )
    if bulletin.snapshot_hash != seen:
        raise BulletinRefused("草稿在您查看之后又更新过，没有印发。请再看一遍全文，确认后重新印发。")


def _freeze(bulletin: Bulletin, snapshot: dict[str, Any]) -> PdfFile:
    bulletin.snapshot, bulletin.snapshot_hash = snapshot, hash_of(snapshot)
    bulletin.title = snapshot["document"]["title"].replace("\n", "")
    return render_document(snapshot["document"])


def _store(made: PdfFile, author: Author) -> StoredFile:
    return store(made.content, media_type=MEDIA_TYPE, at=author.at)


def _check_period(kind: str, period: ReportPeriod) -> None:
    wanted = KINDS[kind]
    if period.kind != wanted.period:
        raise BulletinRefused(f"{wanted.label}的期间须写作 {wanted.written} 的样式，现为 {period.key}。")


def _checked_number(number: str) -> str:
    written = re.sub(r"\s", "", number).translate(_BRACKETS)
    if not _NUMBER.fullmatch(written):
        raise NumberRefused(f"请填写文号，如 滨司通〔2026〕12号；现为“{number[:30]}”。")
    if Bulletin.objects.filter(number=written).exists():
        raise NumberRefused(f"文号 {written} 已被使用，请另取一个。")
    return written


def _compact(stated: dict[str, Any]) -> dict[str, Any]:
    """Figures without their ids: enough to prove a comparison."""
    kept = ("key", "numerator", "denominator", "rate")
    return stated | {"measures": [{name: row[name] for name in kept} for row in stated["measures"]]}


def _limits(law: Law, period: ReportPeriod) -> dict[str, int]:
    versions = {}
    for rule in PAPER_RULES:
        try:
            versions[rule] = law.book.limit(rule, on=period.last).version
        except RuleNotInForce:
            continue
    return versions
