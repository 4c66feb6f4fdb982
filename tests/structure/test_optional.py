"""选填 tells the truth: where a form asks for a field in some cases only, its label says in which."""

import pytest

from tests.structure.routes import read_table

pytestmark = pytest.mark.django_db
# A page, the reader, a label, and what stands beside it (nothing: it is simply required, or a filter).
LABELS = [
    ("cases:list", "office_clerk", "年度", ""),
    ("supervision:deadlines", "office_clerk", "机关", ""),
    ("cases:new_case", "liaison", "原审案号", "（二审、再审、重审的须填）"),
    ("cases:new_case", "liaison", "案由", "（选填）"),
    ("cases:receive", "liaison", "举证期限届满日", "（法院另定的须填；法定 15 日由系统推算）"),
]


@pytest.mark.parametrize(("name", "role", "label", "beside"), LABELS)
def test_what_stands_beside_a_label_is_so(visit, name, role, label, beside):
    route = next(route for route in read_table() if route.name == name)
    page = visit(route, role).content.decode()
    wanted = f'{label}<span class="optional">{beside}</span>' if beside else f">{label}</label>"
    assert wanted in page
