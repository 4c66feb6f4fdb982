"""A form whose buttons do different things says which was pressed; where none is named, nothing is done."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import get_messages

from organisations.requests import UNNAMED
from tests.structure.crawl import fingerprints
from tests.structure.routes import read_table

# Every page with several acts: who may do them, and what is typed beside the button.
SEVERAL_ACTS = {
    "cases:act_on_chosen": ("office_clerk", {"case": "@case"}),
    "cases:confirm_head": ("agency_head", {"reason": "出差"}),
    "cases:leader_notice": ("agency_head", {"opinion": "请补充证据"}),
    "cases:review_paper": ("office_clerk", {"note": "已阅"}),
    "cases:mandated_entry": ("liaison", {"reason": "日期不对"}),
    "cases:watch": ("liaison", {}),
    "reports:candidate": ("office_clerk", {"choice": "different", "reason": "两次申请不同"}),
    "reports:reconcile_item": ("office_clerk", {"choice": "court", "reason": "核对了笔录"}),
    "organisations:account": ("system_admin", {}),
    "supervision:keys": ("liaison", {}),
}
# Reads of a posted button that are no choice between acts.
HARMLESS = {
    "cases/views/papers/writing.py": "unnamed it keeps the draft and checks it: nothing is lost, nothing goes out",
    "cases/views/deadlines/rehearsed.py": "unconfirmed it only shows the effect",
    "supervision/views/reminders/urging.py": "unconfirmed it only shows whom it would tell",
}
BUTTONS = ("do", "verdict", "wanted", "keys", "action", "confirmed")


def views():
    for app in ("cases", "courts", "supervision", "reports", "organisations"):
        yield from (settings.BASE_DIR / app).glob("views/**/*.py")
        yield from (settings.BASE_DIR / app).glob("views.py")


def calls(path, wanted):
    tree = ast.parse(Path(path).read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and wanted(node)]


def _reads_a_button(node):
    posted = ast.unparse(node.func).endswith("request.POST.get")
    return posted and isinstance(node.args[0], ast.Constant) and node.args[0].value in BUTTONS


def test_which_button_was_pressed_is_read_in_one_place():
    found = {str(path.relative_to(settings.BASE_DIR)) for path in views() if calls(path, _reads_a_button)}
    assert found == set(HARMLESS)


def test_every_page_with_several_acts_is_in_the_table_above():
    asked = sum(len(calls(path, lambda node: ast.unparse(node.func) == "act_in")) for path in views())
    assert asked == len(SEVERAL_ACTS)


@pytest.mark.parametrize("name", SEVERAL_ACTS)
def test_an_unnamed_act_changes_nothing_and_says_so(visit, world, cast, client_of, name):
    role, typed = SEVERAL_ACTS[name]
    (route, *_) = [one for one in read_table() if one.name == name]
    typed = {key: world.argument(text) if text.startswith("@") else text for key, text in typed.items()}
    browser = client_of(getattr(cast, role))
    browser.get("/help/")
    before = fingerprints()
    answer = browser.post(visit.address(route), typed)
    assert [label for label, now in fingerprints().items() if now != before[label]] == []
    assert answer.status_code in (302, 422)
    told = [str(said) for said in get_messages(answer.wsgi_request)]
    assert UNNAMED in told or UNNAMED in answer.content.decode()
