import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from organisations import audit
from organisations.accounts import end_account
from organisations.models import AuditEntry

APPS = ("cases", "courts", "organisations", "reports", "supervision")
TABLE = "organisations_auditentry"


@pytest.fixture
def trail(cast, author_in):
    """Three entries."""
    for number in (1, 2, 3):
        audit.record(
            author_in(cast.post.office_clerk), "test", f"第 {number} 件", about=cast.clerk, number=number
        )
    return list(AuditEntry.objects.order_by("pk"))


@pytest.fixture
def forge(db):
    """Run SQL on the trail with its guard taken away for a moment, as somebody with the database's keys could."""
    drop, create = _guard()

    def run(sql):
        with connection.cursor() as cursor:
            for statement in (*drop, sql, *create):
                cursor.execute(statement)

    return run


def _guard():
    if connection.vendor == "postgresql":
        return [f"ALTER TABLE {TABLE} DISABLE TRIGGER USER"], [f"ALTER TABLE {TABLE} ENABLE TRIGGER USER"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def test_an_entry_says_who_when_in_which_post_from_where_and_about_what(trail, cast):
    entry = trail[0]
    assert (entry.user_name, entry.username, entry.post, entry.organisation, entry.address) == (
        "李经办",
        "office_clerk",
        "滨城区司法局 · 司法局经办",
        "371602-SF",
        "10.1.1.1",
    )
    assert (entry.object_type, entry.object_id, entry.data) == (
        "organisations.user",
        str(cast.clerk.pk),
        {"number": 1},
    )


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET summary = '别的'",
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET digest = 'x' WHERE 1 = 1",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(trail, sql):
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(AuditEntry.objects.order_by("pk")) == trail
    assert audit.broken_links() == []


def test_django_cannot_change_or_delete_an_entry_either(trail):
    trail[1].summary = "别的"
    with pytest.raises(DatabaseError), transaction.atomic():
        trail[1].save()
    with pytest.raises(DatabaseError), transaction.atomic():
        trail[1].delete()
    assert AuditEntry.objects.get(pk=trail[1].pk).summary == "第 2 件"


def test_an_untouched_trail_verifies(trail, capsys):
    call_command("verify_audit")
    assert capsys.readouterr().out == "3 条全部一致。\n"


@pytest.mark.parametrize(
    "change",
    [
        "summary = '别的'",
        "user_name = '别人'",
        "address = '10.0.0.9'",
        "at = '2020-01-01 00:00:00+00:00'",
        "object_id = '0'",
        "data = '{}'",
        "previous = ''",
        "post = ''",
    ],
)
def test_a_forged_field_is_found(trail, forge, change):
    forge(f"UPDATE {TABLE} SET {change} WHERE id = {trail[1].pk}")
    assert audit.broken_links() == [trail[1].pk]


def test_a_removed_entry_is_found_at_the_one_after_it(trail, forge):
    forge(f"DELETE FROM {TABLE} WHERE id = {trail[1].pk}")
    assert audit.broken_links() == [trail[2].pk]


def test_a_forged_entry_with_a_seal_of_its_own_is_found_at_the_one_after_it(trail, forge, capsys):
    forged = AuditEntry.objects.get(pk=trail[1].pk)
    forged.summary = "别的"
    forge(f"UPDATE {TABLE} SET summary = '别的', digest = '{forged.seal()}' WHERE id = {forged.pk}")
    assert audit.broken_links() == [trail[2].pk]
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert f"第一条编号 {trail[2].pk}" in capsys.readouterr().out


def test_when_the_change_is_rolled_back_so_is_its_entry(cast, author_in):
    with transaction.atomic():
        end_account(cast.liaison, author=author_in(cast.post.system_admin))
        assert AuditEntry.objects.count() == 1
        transaction.set_rollback(True)
    cast.liaison.refresh_from_db()
    assert (cast.liaison.is_active, AuditEntry.objects.count()) == (True, 0)


def test_when_the_entry_fails_so_does_the_change(cast, author_in, monkeypatch):
    def full(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AuditEntry, "save", full)
    with pytest.raises(DatabaseError, match="disk full"):
        end_account(cast.liaison, author=author_in(cast.post.system_admin))
    cast.liaison.refresh_from_db()
    assert cast.liaison.is_active


def test_an_entry_outside_of_a_transaction_is_refused(committed, author_in):
    with pytest.raises(TransactionManagementError):
        audit.record(author_in(), "test", "没有事务")
    assert not AuditEntry.objects.exists()


def test_an_emptied_test_database_guards_its_trail_again(committed, author_in):
    with transaction.atomic():
        audit.record(author_in(), "test", "一件")
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        AuditEntry.objects.update(summary="别的")


def test_only_the_audit_administrator_reads_the_trail(client_of, cast, trail):
    page = client_of(cast.audit_admin).get("/audit/", {"q": "第 2 件"}).content.decode()
    assert "第 2 件" in page
    assert "第 1 件" not in page
    for part in ("system_admin", "security_admin", "office_head", "leader"):
        assert client_of(getattr(cast, part)).get("/audit/").status_code == 403
        assert not AuditEntry.objects.visible_to(getattr(cast.post, part)).exists()


def test_the_trail_says_in_words_what_an_act_is_about():
    """Every verb that the code writes has its word: 案件 for case.void."""
    code = "".join(path.read_text() for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py"))
    verbs = set(re.findall(r'(?:audit\.record|_record)\(\s*[\w.]+,\s*f?"([a-z_]+)\.', code))
    assert len(verbs) > 20
    assert verbs - audit.MATTERS.keys() == set()
    assert (audit.matter_of("case.void"), audit.matter_of("test")) == ("案件", "test")
