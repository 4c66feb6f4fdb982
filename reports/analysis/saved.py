"""Questions that people keep: for themselves, or for everybody of their organisation."""

from django.core.exceptions import ValidationError
from django.db import transaction

from organisations import audit
from organisations.authors import Author
from reports.models import SavedQuestion
from rules.report_periods import ReportPeriod

MOST = 50  # of one person


@transaction.atomic
def save_question(
    name: str, measure: str, by: str, period: ReportPeriod, *, shared: bool, author: Author
) -> SavedQuestion:
    """Keep a question under a name; the same name of the same person is overwritten. Raises ValidationError."""
    own = SavedQuestion.objects.filter(owner=author.signer)
    if own.count() >= MOST and not own.filter(name=name).exists():
        raise ValidationError({"name": f"已存 {MOST} 个，请先删去不用的。"})
    told = {"measure": measure, "by": by, "period_kind": period.kind, "shared": shared, "saved_at": author.at}
    saved, _ = SavedQuestion.objects.update_or_create(owner=author.signer, name=name, defaults=told)
    audit.record(author, "question.save", f"保存统计“{saved}”", about=saved)
    return saved


@transaction.atomic
def delete_question(question: SavedQuestion, *, author: Author) -> None:
    """Its owner needs it no longer."""
    audit.record(author, "question.delete", f"删除统计“{question}”", about=question)
    question.delete()
