"""Who plays in the product: courts' clerks, an agency's liaison and heads, the people of the offices."""

from collections import Counter
from datetime import date, datetime, timedelta
from io import BytesIO

from django.utils.timezone import make_aware
from openpyxl import Workbook

from cases.law import Law, current_law
from courts.sheets.columns import COLUMNS
from organisations.accounts import give_post, take_post
from organisations.authors import Author
from organisations.models import Head, Organisation, Post, User
from organisations.roles import Role
from tests.year.events import AGENCIES, BY_CODE, MAILED, OFFICES, UPPER, Row
from tests.year.people import ROLES as POSTS

SHEETS = {"schedule": "排庭", "appearances": "出庭", "judgments": "裁判"}
UNREADABLE = "2026-13-45"
ROLES = {
    "liaison": Role.AGENCY_LIAISON, "head": Role.AGENCY_HEAD, "clerk": Role.OFFICE_CLERK,
    "chief": Role.OFFICE_HEAD, "government": Role.GOVERNMENT_OFFICE, "supervision": Role.SUPERVISION,
}  # fmt: skip
HEADS = (("张某某", "局长", "principal"), ("刘某某", "副局长", "deputy"))


class Scene:
    """The people, and the moment of each act: every one a minute after the one before."""

    def __init__(self, law: Law | None = None) -> None:
        self.given, self.minute, self.day = law, 0, date.min
        self.organisations = {one.code: one for one in Organisation.objects.select_related("region")}
        self.clerks = {code: self._post(Role.COURT_CLERK, code, code) for code in (*AGENCIES, UPPER)}
        self.posts: dict[tuple[str, str], Post] = {}
        self.held: Counter[tuple[str, str]] = Counter()
        for unit, roles in POSTS.items():
            for role in roles:
                self.join(unit, role)
        self.heads = {code: [self._head(code, *told) for told in HEADS] for code in BY_CODE}

    @property
    def law(self) -> Law:
        """As approved so far: calendars change in the course of a year."""
        return self.given or current_law()

    def join(self, unit: str, role: str) -> None:
        """Somebody takes a post: the first one of the unit, the second, …"""
        self.held[unit, role] += 1
        self.posts[unit, role] = self._post(ROLES[role], unit, f"{unit} {role} {self.held[unit, role]}")

    def leave(self, unit: str, role: str) -> None:
        take_post(self.posts[unit, role], author=self.author(None))

    def _post(self, role: Role, code: str, username: str) -> Post:
        person = User(username=username, name=f"{self.organisations[code].short_name}人员")
        person.email = f"{code}@example.org" if code in MAILED else ""
        person.set_unusable_password()
        person.save()
        author, unit = Author(make_aware(datetime(2026, 1, 1))), self.organisations[code]
        return give_post(user=person, organisation=unit, role=role, author=author)

    def _head(self, code: str, name: str, position: str, kind: str) -> Head:
        return Head.objects.create(
            organisation=self.organisations[code], name=name, position=position, kind=kind,
            first=date(2020, 1, 1),
        )  # fmt: skip

    def begin(self, day: date) -> None:
        self.day, self.minute = day, 0

    def author(self, post: Post | None) -> Author:
        self.minute += 1
        moment = datetime(self.day.year, self.day.month, self.day.day, 7) + timedelta(minutes=self.minute)
        return Author(make_aware(moment), post)

    def office(self, agency: str) -> Post:
        """The clerk of the legal office of the agency's region."""
        return self.posts[OFFICES[BY_CODE[agency].region], "clerk"]


def workbook_of(rows: tuple[Row, ...]) -> bytes:
    """The rows as a court's workbook, one sheet for each kind."""
    book = Workbook()
    book.remove(book.active)
    for kind in dict.fromkeys(row.kind for row in rows):
        sheet, names = book.create_sheet(SHEETS[kind]), [column.name for column in COLUMNS[kind]]
        sheet.append(names)
        for row in (one for one in rows if one.kind == kind):
            cells = row.cells | ({row.typo: UNREADABLE} if row.typo else {})
            sheet.append([cells.get(name) for name in names])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
