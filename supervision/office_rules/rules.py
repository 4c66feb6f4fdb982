"""办公室规则: what the office sets itself, entered by one person, its effect foretold, approved by another."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.deadlines.regular_work import organisation_moves_under, sync_organisations
from cases.deadlines.sync import moves_under, sync_deadlines
from cases.law import Law, authority_of, forget_law, law_with
from cases.models import AT_ONCE, Deadline, DeadlineChange, OfficeRule
from organisations import audit, four_eyes
from organisations.authors import Author
from organisations.four_eyes import NotApproved
from organisations.models import Organisation
from rules.authority import Authority, Fact
from rules.rulebook import Limit
from rules.strict_toml import DataFileError

Subject, State = OfficeRule.Subject, OfficeRule.State
STEP = 1000  # lanes


class RuleRefused(NotApproved):
    """The version cannot be kept or approved."""


def settable(law: Law, *, on: date) -> dict[str, list[tuple[str, str, str]]]:
    """What the office may set: by subject, (key, label, what is in force on the day)."""
    limits = [versions[-1] for versions in law.book.versions.values()]
    lengths = [
        (limit.key, limit.label, length_words(law.book.limit(limit.key, on=on)))
        for limit in limits
        if limit.unit == "day" and (limit.estimated or "“3632”" in limit.citation)
    ]
    ladders = {ladder.key: law.ladders.in_force(ladder.key, on=on) for ladder in law.ladders.versions}
    steps = [
        (key, each.label, days_words({r.step: r.days for r in each.rungs})) for key, each in ladders.items()
    ]
    choices = [
        (key, question.label, question.options[law.choices.value(key, on=on)])
        for key, question in law.choices.questions.items()
    ]
    standing = [
        (fact.value, fact.label, authority_words(law.authority.of(fact.value, on=on))) for fact in Fact
    ]
    return {
        Subject.LIMIT: lengths, Subject.LADDER: steps, Subject.CHOICE: choices, Subject.AUTHORITY: standing,
    }  # fmt: skip


def authority_words(rule: Authority) -> str:
    """法院、司法局、机关依次为准；相差 0 日以内算一致；机关可提出，5 个工作日内办结."""
    order = "、".join(one.label for one in rule.order)
    proof = f"（{rule.with_proof.label}须有凭证）" if rule.with_proof else ""
    contested = "、".join(one.label for one in rule.contested_by)
    return (
        f"{order}依次为准{proof}；日期相差 {rule.tolerance_days} 日以内算一致；"
        f"{contested}可提出，{rule.contest_days} 个工作日内办结"
    )


def length_words(limit: Limit) -> str:
    """3 个工作日, or 5 日（自然日）."""
    return f"{limit.amount} {'个工作日' if limit.mode == 'working' else '日（自然日）'}"


def days_words(days: Mapping[str, int]) -> str:
    """前 3 日、当日、后 1 日: the days of the steps of a ladder."""
    words = {True: "前", False: "后"}
    return "、".join(f"{words[day < 0]} {abs(day)} 日" if day else "当日" for day in days.values())


def described(rule: OfficeRule, law: Law) -> tuple[str, str]:
    """A version in words: what it is about, and what it says."""
    if rule.subject == Subject.LIMIT:
        limit = law.book.versions[rule.key][-1]
        return limit.label, length_words(replace(limit, **rule.value))
    if rule.subject == Subject.LADDER:
        return law.ladders.newest(rule.key).label, days_words(rule.value["days"])
    if rule.subject == Subject.AUTHORITY:
        return Fact.of(rule.key).label, authority_words(authority_of(rule, law.authority))
    question = law.choices.questions[rule.key]
    return question.label, question.options.get(rule.value["value"], rule.value["value"])


@transaction.atomic
def enter_rule(
    subject: str, key: str, value: dict[str, Any], *, valid_from: date, reason: str, author: Author
) -> OfficeRule:
    """Keep a version for another person to approve. Raises RuleRefused where it does not follow the ones there are."""
    rule = OfficeRule(
        subject=subject,
        key=key,
        value=value,
        valid_from=valid_from,
        reason=reason,
        entered_at=author.at,
        entered_by=author.signer,
    )
    _require_city(author)
    if valid_from < author.on:
        raise RuleRefused(f"施行日不能早于今天（{author.on}）：已经起算的期限不因新规则改写。")
    _require_new_day(rule)
    _law_with(rule)
    rule.save()
    audit.record(author, "rule.enter", f"录入 {rule}", about=rule, value=value)
    return rule


def effect_of(rule: OfficeRule) -> list[DeadlineChange]:
    """Every open deadline that the version would move; nothing is written. Ladders and readings move none."""
    law = _law_with(rule)
    lanes, organisations = _concerned(rule)
    moves: list[DeadlineChange] = []
    for start in range(0, len(lanes), STEP):
        moves += moves_under(lanes[start : start + STEP], law=law)
    return moves + organisation_moves_under(organisations, law=law)


def approve_rule(rule: OfficeRule, *, author: Author) -> OfficeRule:
    """Let the version count from its day; open deadlines that began since move, closed ones stay.

    Raises NotApproved for the person who entered it, for one that is not waiting, for a day that has passed.
    """

    def carry(approved: OfficeRule) -> None:
        _carry_out(approved, author)
        transaction.on_commit(forget_law)

    return four_eyes.approve(
        rule, verb="rule.approve", check=lambda locked: _check(locked, author), carry_out=carry, author=author
    )


def _check(rule: OfficeRule, author: Author) -> dict[str, int]:
    """How many deadlines it moves, and how many of them to an earlier day. Raises RuleRefused."""
    if rule.valid_from < author.on:
        raise RuleRefused(f"施行日 {rule.valid_from} 已过，请放弃后另行录入。")
    _require_city(author)
    _require_new_day(rule)
    moves = effect_of(rule)
    return {"moved": len(moves), "earlier": sum(move.new_due_on < move.old_due_on for move in moves)}


def drop_rule(rule: OfficeRule, *, author: Author) -> None:
    """放弃 a version that was entered and not approved."""
    four_eyes.drop(rule, verb="rule.drop", author=author)


def _carry_out(rule: OfficeRule, author: Author) -> None:
    if rule.subject == Subject.LADDER:
        # Another ladder may have something to say earlier than the one before.
        Deadline.objects.open().duties().update(look_on=AT_ONCE)
        return
    law, reason = law_with(), f"办公室规则 {rule.key} 自 {rule.valid_from}"
    lanes, organisations = _concerned(rule)
    sync_deadlines(lanes, law=law, author=author, reason=reason)
    sync_organisations(organisations, law=law, author=author, reason=reason)


def _concerned(rule: OfficeRule) -> tuple[list[int], list[int]]:
    """Lanes and organisations with an open deadline of the rule that began on its first day or later."""
    if rule.subject != Subject.LIMIT:
        return [], []
    begun = Q(rule=rule.key, starts_on__gte=rule.valid_from)
    found = Deadline.objects.open().filter(begun).values_list("lane", "organisation")
    lanes = {lane for lane, _ in found if lane}
    return sorted(lanes), sorted({organisation for lane, organisation in found if not lane})


def _require_city(author: Author) -> None:
    """The rules hold for the whole city, so the city's office sets them."""
    if author.signer.organisation.level != Organisation.Level.MUNICIPAL:
        raise RuleRefused("办公室规则适用于全市，由市司法局录入和核准。")


def _require_new_day(rule: OfficeRule) -> None:
    same = OfficeRule.objects.approved().filter(
        subject=rule.subject, key=rule.key, valid_from=rule.valid_from
    )
    if same.exists():
        raise RuleRefused(f"自 {rule.valid_from} 起施行的版本已经核准，请另定施行日。")


def _law_with(rule: OfficeRule) -> Law:
    try:
        return law_with(rule=rule)
    except (ValueError, DataFileError) as error:
        raise RuleRefused(str(error)) from error
