"""Writing and verifying the audit trail."""

from typing import Any

from django.db import connection, models, transaction

from organisations.authors import Author
from organisations.models import AuditEntry

_CHAIN_LOCK = 3632
# What an act is about, by the first part of its verb: "case.void" is of 案件.
MATTERS = {
    "account": "账号", "bulletin": "通报", "calendar": "放假安排", "case": "案件", "column": "列的写法",
    "candidate": "疑似同一案",
    "contact": "联系方式", "deadline": "期限", "decision": "裁判", "discrepancy": "数据核对", "feed": "日历订阅",
    "head": "负责人名册", "incoming": "来文", "lane": "应诉办理", "leader": "负责人审阅", "leave": "代收",
    "letter": "建议书", "measure": "整改", "message": "消息", "name": "机关写法", "notification": "法院通报",
    "obligation": "履行", "organisation": "单位", "paper": "材料", "password": "密码", "post": "身份",
    "push": "提醒设置", "reminder": "催报", "rule": "办公室规则", "session": "登录", "token": "接口令牌",
    "assignment": "转办", "figures": "指标", "history": "历史台账", "mandate": "代录", "question": "自助统计",
}  # fmt: skip


def record(
    author: Author, verb: str, summary: str, *, about: models.Model | None = None, **data: Any
) -> None:
    """Add an entry in the caller's transaction: when the entry fails, so does the change it tells of."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit entry belongs into the transaction of its change."
        )
    _lock_chain()
    last = AuditEntry.objects.order_by("-pk").values_list("digest", flat=True).first()
    entry = AuditEntry(
        at=author.at,
        address=author.address,
        verb=verb,
        summary=_told(author, summary)[:500],
        data=data,
        previous=last or "",
        **_who(author),
        **_what(about),
    )
    entry.digest = entry.seal()
    entry.save(force_insert=True)


def matter_of(verb: str) -> str:
    """What an act with this verb is about, in a word; the verb itself where there is none."""
    return MATTERS.get(verb.partition(".")[0], verb)


def broken_links() -> list[int]:
    """The ids of entries that no longer match their seal or the entry before them; empty when all is well."""
    broken, previous = [], ""
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous != previous or entry.seal() != entry.digest:
            broken.append(entry.pk)
        previous = entry.digest
    return broken


def _told(author: Author, summary: str) -> str:
    """The act in words; with for whom, on what and at whose request, where an office entered for another."""
    return f"{summary}；{author.behalf.words}" if author.behalf else summary


def _lock_chain() -> None:
    """One writer at a time, until the transaction ends; SQLite's immediate transactions do that already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _who(author: Author) -> dict[str, str]:
    data = {"user_name": author.name}
    if author.user:
        data["username"] = author.user.username
    if author.post:
        data |= {"post": str(author.post), "organisation": author.post.organisation.code}
    return data


def _what(about: models.Model | None) -> dict[str, str]:
    if about is None:
        return {}
    return {"object_type": about._meta.label_lower, "object_id": str(about.pk)}
