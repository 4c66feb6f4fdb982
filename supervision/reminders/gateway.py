"""The way out to a gateway for text messages: one signed HTTP request for each parcel.

The gateway checks `X-Signature` (HMAC-SHA256 with the shared secret over `X-Timestamp`, a full stop, and the body),
refuses old timestamps, and takes each `Idempotency-Key` once. docs/operations.md has an example.
"""

import hashlib
import hmac
import json
from datetime import datetime
from http import HTTPStatus

import requests
from django.conf import settings

from supervision.reminders.outages import ChannelDown, Refused

TIMEOUT = (5, 10)  # seconds to connect, and to answer
LONGEST = 60  # characters of a text message
OK = range(200, 300)
# Nobody's message would be taken: the secret is wrong, the account is closed, or too many came at once.
OF_THE_GATEWAY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)


def post_parcel(key: str, phone: str, texts: list[str], *, at: datetime) -> None:
    """Hand a parcel over. Raises Refused for this parcel, ChannelDown where no other would be taken either."""
    body = json.dumps({"key": key, "to": phone, "text": short_text(texts)}, ensure_ascii=False).encode()
    stamp = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "X-Timestamp": stamp,
        "X-Signature": f"sha256={signature(stamp, body)}",
    }
    try:
        answer = requests.post(
            settings.WEBHOOK_URL, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as error:
        raise ChannelDown(f"连不上消息网关：{type(error).__name__}") from error
    if answer.status_code in OF_THE_GATEWAY or answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ChannelDown(f"消息网关答复 {answer.status_code}")
    if answer.status_code not in OK:
        raise Refused(f"消息网关答复 {answer.status_code}")


def signature(stamp: str, body: bytes) -> str:
    """The HMAC-SHA256 of timestamp and body, in hexadecimal."""
    secret = settings.WEBHOOK_SECRET.encode()
    return hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def short_text(texts: list[str]) -> str:
    """At most 60 characters: the first message, and how many more there are."""
    more = f"等{len(texts)}项。" if len(texts) > 1 else ""
    head = "【滨州应诉】"
    room = LONGEST - len(head) - len(more)
    text = texts[0] if len(texts[0]) <= room else texts[0][: room - 1] + "…"
    return f"{head}{text}{more}"
