"""Whoever saves second is told so: every form that shows stored values for changing says which revision it shows."""

from html.parser import HTMLParser

import pytest

from tests.structure.routes import read_table

# Forms that show something stored and need no revision, each with the reason.
EXEMPT = {
    "organisations:own_contact": "one's own number and address",
    "organisations:unit_contact": "one number, and the trail names the one before",
    "organisations:account": "a number and an address of one person, kept by one administrator",
    "organisations:groups": "shows today's date; what is entered is a new row beside the earlier ones",
    "supervision:settings": "one's own settings, changed by nobody else",
    "supervision:letter": "a decision on a draft: the second one is refused, since it is no draft any more",
    "cases:receive": "shows today's date, nothing stored",
    "cases:enter_for": "shows today's date, nothing stored",
    "courts:enter_for": "shows today's date, nothing stored",
    "cases:new_case": "shows today's date, nothing stored",
    "cases:unit_incoming": "shows today's date and the kind of paper, nothing stored",
}
GUARDS = {"revision", "seen", "plan", "state", "row_version"}


class Forms(HTMLParser):
    """The posted forms of a page: their hidden fields, and the visible ones that already hold something."""

    def __init__(self):
        super().__init__()
        self.forms, self.current, self.area, self.select = [], None, None, None

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.current = {"hidden": set(), "filled": set()} if told.get("method") == "post" else None
            if self.current:
                self.forms.append(self.current)
        if self.current is None:
            return
        if tag == "input" and told.get("type") == "hidden":
            self.current["hidden"].add(told.get("name"))
        elif tag == "input" and told.get("type") in ("text", "date", None) and told.get("value"):
            self.current["filled"].add(told.get("name"))
        elif tag == "textarea":
            self.area = told.get("name")

    def handle_data(self, data):
        if self.current and self.area and data.strip():
            self.current["filled"].add(self.area)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "form":
            self.current = None


def forms_of(answer):
    parser = Forms()
    parser.feed(answer.content.decode(errors="replace"))
    return parser.forms


WHO = ("liaison", "agency_head", "office_clerk", "office_head", "clerk", "system_admin", "security_admin")


@pytest.fixture
def edited(visit):
    """The names of pages with a form that shows stored text for changing, and whether it names its revision."""
    found = {}
    for route in read_table():
        for role in [role for role in WHO if route.expected[role] == "200"]:
            for form in forms_of(visit(route, role)):
                if form["filled"]:
                    found[route.name] = found.get(route.name, True) and bool(form["hidden"] & GUARDS)
    return found


def test_every_edit_form_names_its_revision_or_says_why_not_and_no_exemption_outlives_its_form(edited):
    bare = {name for name, guarded in edited.items() if not guarded}
    assert (sorted(bare - set(EXEMPT)), sorted(set(EXEMPT) - bare)) == ([], [])
    assert {"cases:edit_head"} <= edited.keys() - bare
