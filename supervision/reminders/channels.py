"""渠道 beside 站内信, each one object: whether the platform has it, where it reaches a person, and how it sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage

from organisations.models import User
from supervision.models import Message, PushSetting
from supervision.reminders.gateway import post_parcel
from supervision.reminders.outages import mail_faults


class Unreachable(Exception):
    """The person has no address on the channel; the message says which is missing."""


@dataclass(frozen=True, slots=True)
class PushedChannel:
    """One way out of the platform. Its key is also the name of its switch in the settings of a person."""

    key: Message.Channel
    # What the settings page says of it.
    switch: str
    help_text: str
    is_connected: Callable[[], bool]
    address: Callable[[User], str]
    no_address: str
    # Hands a parcel over under its key, to an address. Raises what the other side answers.
    send: Callable[[str, str, Sequence[Message], datetime], None]
    takes_digests: bool = False

    def reaches(self, user: User, wanted: PushSetting | None, *, locked: bool) -> bool:
        """Whether a message goes out here; what is locked concerns a hearing and cannot be switched off."""
        on = locked or wanted is None or bool(getattr(wanted, self.key))
        return on and self.is_connected() and bool(self.address(user))

    def hand_over(self, parcel: str, rows: Sequence[Message], *, at: datetime) -> None:
        """Send what lies in a parcel for one person.

        Raises ChannelDown where nobody's would be taken, Refused, and Unreachable.
        """
        address = self.address(rows[0].recipient.user)
        if not address:
            raise Unreachable(self.no_address)
        self.send(parcel, address, rows, at)


def _mail(parcel: str, address: str, rows: Sequence[Message], at: datetime) -> None:
    """A mail names duties, cases and days, and never a party."""
    first = rows[0].title if len(rows) == 1 else f"{len(rows)} 项应诉事项"
    lines = [f"{row.text}\n为什么收到：{row.why}。" for row in rows]
    mail = EmailMessage(
        subject=f"【滨州应诉】{first}",
        body="\n\n".join([*lines, "请登录平台办理。"]),
        to=[address],
        headers={"Message-ID": f"<{parcel}@binzhou-litigation>"},
    )
    with mail_faults():
        mail.send()


def _post(parcel: str, address: str, rows: Sequence[Message], at: datetime) -> None:
    post_parcel(parcel, address, [row.text for row in rows], at=at)


_ALL = (
    PushedChannel(
        Message.Channel.EMAIL,
        switch="发邮件",
        help_text="账号登记了邮箱时发送；开庭提醒不可关闭",
        is_connected=lambda: bool(settings.EMAIL_URL),
        address=lambda user: user.email,
        no_address="账号没有可用的邮箱",
        send=_mail,
        takes_digests=True,
    ),
    PushedChannel(
        Message.Channel.WEBHOOK,
        switch="发短信",
        help_text="账号登记了手机号、平台接入短信网关时发送；开庭提醒不可关闭",
        is_connected=lambda: bool(settings.WEBHOOK_URL),
        address=lambda user: user.phone,
        no_address="账号没有登记手机号",
        send=_post,
    ),
)
PUSHED: Mapping[str, PushedChannel] = {str(channel.key): channel for channel in _ALL}
