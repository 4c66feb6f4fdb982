"""The database itself refuses to change or delete an audit entry; a part of the initial migration."""

from typing import Any

SQLITE = [
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON organisations_auditentry
       BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON organisations_auditentry
       BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$""",
    """CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON organisations_auditentry
       FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()""",
]
SQLITE_BACK = ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
POSTGRESQL_BACK = [
    "DROP TRIGGER audit_is_append_only ON organisations_auditentry",
    "DROP FUNCTION refuse_audit_change",
]


def forwards(apps: Any, schema_editor: Any) -> None:
    """Put the guard up."""
    _run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Take the guard down."""
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)
