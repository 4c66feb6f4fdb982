"""The API is what its description says: every GET answers as docs/openapi.yml states, judged by a foreign reader."""

import pytest
from django.conf import settings
from openapi_core import OpenAPI
from openapi_core.contrib.django import DjangoOpenAPIRequest, DjangoOpenAPIResponse
from openapi_core.exceptions import OpenAPIError

from tests.structure.routes import read_table

API = [route for route in read_table() if route.name.startswith("api:") and route.name != "api:api-root"]
ANSWERED = ("200", "409")
ROLES = ("clerk", "liaison", "agency_head", "office_head")


@pytest.fixture(scope="module")
def description():
    return OpenAPI.from_file_path(str(settings.BASE_DIR / "docs" / "openapi.yml"))


def _said(error):
    """Where in the answer something else stands than described, and what."""
    found = getattr(error.__cause__, "schema_errors", ()) or getattr(error, "schema_errors", ())
    return [f"{list(each.absolute_path)}: {each.message[:150]}" for each in found][:5] or repr(error)[:200]


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_as_described(visit, description, role):
    wrong = {}
    for route in API:
        if route.expected[role] not in ANSWERED:
            continue
        answer = visit(route, role)
        try:
            description.validate_response(
                DjangoOpenAPIRequest(answer.wsgi_request), DjangoOpenAPIResponse(answer)
            )
        except OpenAPIError as error:
            wrong[route.name] = _said(error)
    assert wrong == {}
