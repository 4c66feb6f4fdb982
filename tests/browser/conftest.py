"""What browser tests share: Debian's Chromium, people who sign in, and what must not happen in any window."""

import os
import threading
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password

from organisations.models import User

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 20  # seconds
PASSWORD = "Test-3632-browser"


@pytest.fixture
def people(committed, cast):
    User.objects.update(password=make_password(PASSWORD))
    return cast


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a process; each visit has a profile of its own."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed: apt-get install chromium")
    # Playwright keeps an event loop in this thread; Django would refuse queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def day():
    """The day of the visits."""
    return date(2026, 8, 5)


@pytest.fixture
def visit(browser, live_server, settings, day):
    """Open the site as a person; collects what went wrong in any window."""
    settings.TODAY = day
    wrong = []

    def signed_in(username, *, width=1366, height=768, javascript=True, forgive="422"):
        context = browser.new_context(
            locale="zh-CN", viewport={"width": width, "height": height}, java_script_enabled=javascript
        )
        context.set_default_timeout(10_000)  # ms
        page = context.new_page()
        page.on(
            "console",
            lambda m: (
                wrong.append(m.text)
                if m.type == "error" and "422" not in m.text and forgive not in m.text
                else None
            ),
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(live_server.url) else wrong.append(r.url))
        page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        page.goto(f"{live_server.url}/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_load_state()
        return page

    yield signed_in
    for context in browser.contexts:
        context.close()
    # A request still being answered would read the day of this visit when that of the next test is set.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE)
    assert wrong == []
