"""双人办理: what one person entered counts once another approved it, or is dropped."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db import transaction

from organisations import audit
from organisations.authors import Author
from organisations.models import FourEyes

Entered = TypeVar("Entered", bound=FourEyes)
Effects = Mapping[str, int]


class NotApproved(Exception):
    """What was entered cannot be kept or approved; the messages (Chinese) say why and what to do."""

    def __init__(self, *messages: str) -> None:
        super().__init__("".join(messages))
        self.messages = list(messages)


@transaction.atomic
def approve(
    entered: Entered,
    *,
    verb: str,
    check: Callable[[Entered], Effects],
    carry_out: Callable[[Entered], None],
    author: Author,
) -> Entered:
    """Let it count. `check` refuses (NotApproved) or counts what will change; `carry_out` changes it afterwards.

    Raises NotApproved for one that waits no more, and for the person who entered it.
    """
    locked = type(entered)._default_manager.select_for_update(of=("self",)).get(pk=entered.pk)
    name = locked._meta.verbose_name
    if locked.state != FourEyes.State.ENTERED:
        raise NotApproved(f"这份{name}{locked.get_state_display()}，不能再核准。")
    if author.signer.user_id == locked.entered_by.user_id:
        raise NotApproved(f"录入人不能核准自己录入的{name}，请由另一人核准。")
    locked.effects = dict(check(locked))
    locked.state = FourEyes.State.APPROVED
    locked.approved_at, locked.approved_by = author.at, author.signer
    locked.save()
    audit.record(author, verb, f"核准 {locked}", about=locked, **locked.effects)
    carry_out(locked)
    return locked


@transaction.atomic
def drop(entered: FourEyes, *, verb: str, author: Author) -> None:
    """Give up what was entered and not approved; a second press changes nothing."""
    waiting = type(entered)._default_manager.filter(pk=entered.pk, state=FourEyes.State.ENTERED)
    if waiting.update(state=FourEyes.State.DROPPED):
        audit.record(author, verb, f"放弃 {entered}", about=entered)
