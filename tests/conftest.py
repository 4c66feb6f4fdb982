"""What all tests share: reference data in the database, a cast of people, and a browser for each of them."""

import json
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import hypothesis
import pytest
from django.db import connection
from django.test import Client, override_settings
from hypothesis import HealthCheck

from cases import law as law_module
from cases.law import shipped_law
from cases.record.reference_data import load_causes_and_domains
from lib import workbooks
from lib.reading_child import answer
from organisations.models import Organisation, Post, Region, User
from organisations.reference import load_organisations
from organisations.roles import Role

LONGEST_ID = 200
# How fast inputs are made depends on what else the machine does, and says nothing about the rules.
hypothesis.settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("calm")
SESSION_BACKEND = "django.contrib.auth.backends.ModelBackend"

# Who plays: the name in tests → role, organisation, the person's name.
CAST = {
    "clerk": (Role.COURT_CLERK, "鲁1602", "林书记"),
    "city_clerk": (Role.COURT_CLERK, "鲁16", "丁书记"),
    "liaison": (Role.AGENCY_LIAISON, "371602-ZRZY", "张联络"),
    "other_liaison": (Role.AGENCY_LIAISON, "371602-SC", "钱联络"),
    "foreign_liaison": (Role.AGENCY_LIAISON, "371625-ZRZY", "孙联络"),
    "agency_head": (Role.AGENCY_HEAD, "371602-ZRZY", "方局长"),
    "office_clerk": (Role.OFFICE_CLERK, "371602-SF", "李经办"),
    "office_head": (Role.OFFICE_HEAD, "371602-SF", "吴局长"),
    "city_office_clerk": (Role.OFFICE_CLERK, "BZ-SF", "周经办"),
    "city_office_head": (Role.OFFICE_HEAD, "BZ-SF", "郑局长"),
    "foreign_office_clerk": (Role.OFFICE_CLERK, "371625-SF", "王经办"),
    "foreign_office_head": (Role.OFFICE_HEAD, "371625-SF", "冯局长"),
    "leader": (Role.LEADER, "BZ-GOV", "陈市长"),
    "supervision": (Role.SUPERVISION, "BZ-DC", "褚督查"),
    "assessment": (Role.ASSESSMENT, "BZ-KP", "卫考评"),
    "political_legal": (Role.POLITICAL_LEGAL, "BZ-ZFW", "蒋政法"),
    "government_office": (Role.GOVERNMENT_OFFICE, "BZ-ZFB", "沈秘书"),
    "system_admin": (Role.SYSTEM_ADMIN, "BZ-SF", "韩系统"),
    "security_admin": (Role.SECURITY_ADMIN, "BZ-SF", "杨安全"),
    "audit_admin": (Role.AUDIT_ADMIN, "BZ-SF", "朱审计"),
}


def pytest_make_parametrize_id(config, val, argname):
    """Files and very long texts go by the name of their argument: their content would stand in every id."""
    if isinstance(val, bytes) or (isinstance(val, str) and len(val) > LONGEST_ID):
        return argname
    return None


def pytest_collection_finish(session):
    """What shares a scene runs in one process: a release of pytest may lose the groups (findings/)."""
    if session.config.getoption("loadgroup", default=False):
        marked = [item for item in session.items if item.get_closest_marker("xdist_group")]
        if lost := [item.nodeid for item in marked if "@" not in item.nodeid]:
            raise pytest.UsageError(f"pytest and pytest-xdist do not agree about groups: {lost[0]}")


@pytest.fixture(autouse=True, scope="session")
def plain_http():
    """Tests speak plain HTTP, and no browser of theirs lists the static files before its first page."""
    with override_settings(SECURE_SSL_REDIRECT=False, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def law_at_rest(monkeypatch):
    """No test looks for approved calendars by itself, so that none asks the database once more than another."""
    monkeypatch.setattr(law_module, "LOOK_AGAIN", float("inf"))
    monkeypatch.setattr(law_module._looked, "newest", (None, None))
    monkeypatch.setattr(law_module._looked, "at", 0.0)
    law_module._law.cache_clear()  # ids come again once a test's database is rolled back


@pytest.fixture(autouse=True)
def read_in_this_process(request, monkeypatch):
    """A workbook is read by a process of its own, which takes 0.3 s to start, only where that is what is tested."""
    if not any(map(request.node.get_closest_marker, ("own_process", "browser"))):
        monkeypatch.setattr(workbooks, "_ask_child", lambda path: json.loads(json.dumps(answer(path))))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the real regions, courts and agencies in it once for all tests."""
    with django_db_blocker.unblock():
        _load_reference()


@pytest.fixture
def reference(db):
    """Regions, courts and agencies are there, also after a test that emptied the database."""
    if not Region.objects.exists():
        _load_reference()


@pytest.fixture(scope="session")
def law():
    """The rule book, the work calendar and the outcome table as shipped."""
    return shipped_law()


@pytest.fixture
def cast(reference):
    """People by their part: each with an active post, besides one `without_post` and one `inactive`."""
    organisations = {
        row.code: row for row in Organisation.objects.filter(code__in=[c for _, c, _ in CAST.values()])
    }
    names = {part: name for part, (_, _, name) in CAST.items()} | {"without_post": "秦某", "inactive": "许某"}
    # No passwords: those who need one set it, since hashing takes its time.
    made = [User(username=part, name=name, is_active=part != "inactive") for part, name in names.items()]
    for person in made:
        person.set_unusable_password()
    people = {person.username: person for person in User.objects.bulk_create(made)}
    held = {part: (role, organisations[code]) for part, (role, code, _) in CAST.items()}
    held["inactive"] = (Role.OFFICE_CLERK, organisations["371602-SF"])
    posts = {
        part: Post(user=people[part], organisation=organisation, role=role)
        for part, (role, organisation) in held.items()
    }
    Post.objects.bulk_create(posts.values())
    return SimpleNamespace(
        **people,
        post=SimpleNamespace(**posts),
        parts=(*CAST, "without_post", "inactive"),
    )


@pytest.fixture
def client_of():
    """A browser in which the given person is signed in."""

    def signed_in(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend=SESSION_BACKEND)
        return client

    return signed_in


@pytest.fixture
def committed(transactional_db):
    """A database in which transactions commit. It is emptied afterwards, the append-only trail included."""
    if not Region.objects.exists():
        _load_reference()
    yield
    with connection.schema_editor() as editor:
        append_only = import_module("organisations.migrations._append_only")
        append_only.backwards(None, editor)
        editor.execute("DELETE FROM organisations_auditentry")
        append_only.forwards(None, editor)


# All settings of a test are changed through one fixture: two ways of taking them back leave one behind.
@pytest.fixture
def files_dir(tmp_path, settings):
    """Stored files of this test lie in a folder of its own."""
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def today(settings):
    """The day of most examples, for the edges that read the clock: Thursday 2026-10-15."""
    settings.TODAY = date(2026, 10, 15)
    return settings.TODAY


def _load_reference() -> None:
    load_organisations()
    load_causes_and_domains()
