"""Who plays in the product: courts' clerks, an agency's liaison and heads, the people of the offices."""

from datetime import date, datetime, timedelta
from io import BytesIO

from django.utils.timezone import make_aware
from openpyxl import Workbook

from cases.law import Law, current_law
from courts.sheets.columns import COLUMNS
from organisations.authors import Author
from organisations.models import Head, Organisation, Post, User
from organisations.roles import Role
from tests.year.events import AGENCIES, BY_CODE, UPPER, Row

SHEETS = {"schedule": "排庭", "appearances": "出庭", "judgments": "裁判"}
UNREADABLE = "2026-13-45"
OFFICES = {"371602": "371602-SF", "371621": "371621-SF", "371600": "BZ-SF"}
HEADS = (("张某某", "局长", "principal"), ("刘某某", "副局长", "deputy"))


class Scene:
    """The people, and the moment of each act: every one a minute after the one before."""

    def __init__(self, law: Law | None = None) -> None:
        self.given, self.minute, self.day = law, 0, date.min
        self.organisations = {one.code: one for one in Organisation.objects.select_related("region")}
        self.clerks = {code: self._post(Role.COURT_CLERK, code) for code in (*AGENCIES, UPPER)}
        self.liaisons = {code: self._post(Role.AGENCY_LIAISON, code) for code in BY_CODE}
        self.offices = {region: self._post(Role.OFFICE_CLERK, code) for region, code in OFFICES.items()}
        self.office_heads = {region: self._post(Role.OFFICE_HEAD, code) for region, code in OFFICES.items()}
        self.heads = {code: [self._head(code, *told) for told in HEADS] for code in BY_CODE}

    @property
    def law(self) -> Law:
        """As approved so far: calendars change in the course of a year."""
        return self.given or current_law()

    def _post(self, role: Role, code: str) -> Post:
        person = User(username=f"{role}-{code}", name=f"{self.organisations[code].short_name}人员")
        person.set_unusable_password()
        person.save()
        return Post.objects.create(user=person, organisation=self.organisations[code], role=role)

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
        return self.offices[BY_CODE[agency].region]


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
