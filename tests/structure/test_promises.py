"""Help and pages promise only what is there: a word for an act stands nowhere unless an address does it."""

from pathlib import Path

import pytest

from tests.structure.routes import addresses

ROOT = Path(__file__).parents[2]
# The word, and the name of the address that would do it.
ACTS = {
    "更正通报": "reports:correction",
    "核实期": "reports:objection",
    "异议": "reports:objection",
    "督办": "supervision:task",
    "座谈": "supervision:seminar",
    "代录": "cases:enter_for",
}
# The same characters in another sense: an objection to jurisdiction is a ruling of a court.
OTHER_SENSES = ("管辖权异议", "管辖异议", "挂牌督办")
TEXTS = sorted(
    path
    for app in (
        "templates",
        "binzhou_litigation",
        "cases",
        "courts",
        "organisations",
        "reports",
        "supervision",
    )
    for path in (ROOT / app).rglob("*")
    if path.suffix in (".html", ".py") and "migrations" not in path.parts and "demo" not in path.parts
)


def promised(word):
    for path in TEXTS:
        text = path.read_text("utf-8")
        for sense in OTHER_SENSES:
            text = text.replace(sense, "")
        if word in text:
            yield str(path.relative_to(ROOT))


@pytest.mark.parametrize(("word", "address"), ACTS.items())
def test_a_word_for_an_act_stands_only_where_an_address_does_it(word, address):
    assert address in {name for name, _ in addresses()} or list(promised(word)) == []
