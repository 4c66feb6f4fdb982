"""Whether a channel takes nothing from anybody, or one message was refused: the first waits, the second is counted."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

PERMANENT = 500  # replies of a mail server from here on are final (RFC 5321 §4.2.1)
# Faults of the talk with the server, whatever message it was about.
OF_THE_SERVER = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
)


class ChannelDown(Exception):
    """The channel takes nothing just now; the message says what it answered."""


class Refused(Exception):
    """The other side does not take this message for this person; the message says why."""


@contextmanager
def mail_faults() -> Iterator[None]:
    """What a mail server answers is ChannelDown where it is no fault of the message, and Refused where it is."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise Refused(f"收件地址被拒收：{code} {words.decode(errors='replace')}") from error
    except smtplib.SMTPResponseException as error:
        if isinstance(error, OF_THE_SERVER) or error.smtp_code < PERMANENT:
            raise ChannelDown(f"邮件服务器答复 {error.smtp_code}") from error
        raise Refused(f"邮件服务器拒收：{error.smtp_code}") from error
    except OSError as error:  # every other fault of smtplib is one, too
        raise ChannelDown(f"连不上邮件服务器：{type(error).__name__}") from error
