"""What the documents name is there."""

import re

import pytest
from django.conf import settings

DOCUMENTS = [
    path.relative_to(settings.BASE_DIR)
    for pattern in ("*.md", "docs/*.md", "docs/*/*.md")
    for path in settings.BASE_DIR.glob(pattern)
]
NAMED = re.compile(r"`([a-z_]+/[a-zA-Z_/0-9.]+\.(?:py|toml|csv|html|css|sh))`")
# Named as what a change will add.
TO_COME = {
    "supervision/views/activities.py",
    "reports/scoring/objections.py",
    "rules/data/calendars/2027.toml",
    "rules/data/calendars/YEAR.toml",
    "rules/data/schemes/YEAR.toml",
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_file_that_a_document_names_exists(document):
    named = set(NAMED.findall((settings.BASE_DIR / document).read_text("utf-8")))
    assert {name for name in named if not (settings.BASE_DIR / name).exists()} <= TO_COME
