"""Strangers at the API: a client generated from docs/openapi.yml, and one that asks what nobody thought of."""

import importlib.util
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import httpx
import hypothesis
import pytest
import requests
import schemathesis
from django.conf import settings
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

DESCRIPTION = settings.BASE_DIR / "docs" / "openapi.yml"
HOST = "http://testserver"
RESOURCES = {
    "cases": "case", "deadlines": "deadline", "heads": "head", "lanes": "lane", "measures": "measure",
    "nominations": "nomination", "notices": "leader_notice", "notifications": "upload", "obligations": "obligation",
    "papers": "paper",
}  # fmt: skip
MOST = 4  # questions of one kind
SCHEMA = schemathesis.openapi.from_path(DESCRIPTION)
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


class ThroughDjango(httpx.BaseTransport):
    """Requests go to the browser of a signed-in person, in this process and this transaction."""

    def __init__(self, browser):
        self.browser = browser
        browser.raise_request_exception = False

    def handle_request(self, request):
        sent = {name: value for name, value in request.headers.items() if name != "cookie"}
        kind = sent.pop("content-type", "application/octet-stream")
        path = request.url.raw_path.decode("ascii")
        answer = self.browser.generic(request.method, path, request.read(), content_type=kind, headers=sent)
        content = answer.getvalue() if answer.streaming else answer.content
        stream = httpx.ByteStream(content)
        return httpx.Response(answer.status_code, headers=dict(answer.items()), stream=stream)


@pytest.fixture
def http_of(world, cast, client_of):
    """An HTTP client in which the person is signed in."""
    return lambda role: httpx.Client(
        transport=ThroughDjango(client_of(getattr(cast, role))), base_url=HOST, follow_redirects=False
    )


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The package that a stranger generates."""
    place = tmp_path_factory.mktemp("client") / "binzhou_client"
    command = [Path(sys.executable).with_name("openapi-python-client"), "generate", "--path", DESCRIPTION]
    subprocess.run([*command, "--output-path", place, "--meta", "none"], check=True, capture_output=True)
    spec = importlib.util.spec_from_file_location("binzhou_client", place / "__init__.py")
    package = importlib.util.module_from_spec(spec)
    sys.modules["binzhou_client"] = package
    spec.loader.exec_module(package)
    return package


def lists_of(package):
    """By name each module that reads a list."""
    folder = str(Path(package.__file__).parent / "api")
    names = [each.name for each in pkgutil.walk_packages([folder], f"{package.__name__}.api.")]
    return {name.rpartition(".")[2]: import_module(name) for name in names if name.endswith("_list")}


@pytest.mark.parametrize("role", ["clerk", "liaison", "agency_head", "office_head"])
def test_a_generated_client_reads_every_list(generated, http_of, role):
    client = generated.Client(base_url=HOST)
    client.set_httpx_client(http_of(role))
    read = {}
    for name, module in lists_of(generated).items():
        answer = module.sync_detailed(client=client)
        if answer.status_code == 200:
            read[name] = len(answer.parsed.results)
        else:
            assert (answer.status_code, bool(answer.parsed.message)) == (403, True), name
    assert sum(read.values()) > 0, read


def asked(http, operation, known):
    """What is not as described in the answers to a few questions of one kind; nothing is made smaller."""
    wrong = []

    def answer_to(case):
        if "id" in case.path_parameters:
            case.path_parameters["id"] = known[operation.path.split("/")[3]]
        sent = case.as_transport_kwargs(base_url=HOST) | {"cookies": None}
        told = requests.Request(**sent).prepare()
        told.headers.pop("Authorization", None)  # of a stranger, which says nothing
        return http.request(told.method, told.url, headers=dict(told.headers), content=told.body)

    @hypothesis.given(case=operation.as_strategy())
    @hypothesis.settings(
        max_examples=MOST,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        try:
            case.validate_response(answer_to(case), checks=CHECKS)
        except FailureGroup as failures:
            wrong.extend(str(each)[:300] for each in failures.exceptions)

    ask()
    return wrong


@pytest.mark.parametrize("role", ["clerk", "liaison", "office_head"])
def test_whatever_is_asked_the_answer_is_as_described(http_of, world, role):
    http, known = http_of(role), {path: world.objects[name].pk for path, name in RESOURCES.items()}
    found = {label: asked(http, operation, known) for label, operation in OPERATIONS.items()}
    assert {label: wrong for label, wrong in found.items() if wrong} == {}
