"""What templates, style sheets and scripts may not contain; read as text, without a browser."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
DRAWINGS = sorted((ROOT / "static").rglob("*.svg"))

# Newer than Chromium 90, or missing in the builds that government desktops run.
TOO_NEW_IN_CSS = (":has(", "color-mix(", "light-dark(", "oklch", "@container", "@layer", "dvh", "svh", "lvh")
TOO_NEW_IN_JS = ("structuredClone", "popover", "inert", "showPicker", "Object.hasOwn", ".at(", "replaceAll(")
TOO_NEW_IN_HTML = ("popover", "inert")

# 确认无效 is an outcome of a judgment; everywhere else 无效 blames the reader.
UNFRIENDLY = re.compile(
    "操作失败|参数错误|系统异常|非法|(?<!确认)(?<!违法或)(?<!违法或者)无效|！|点击这里|您忘记|不要|禁止|拒不"
)

COMMENT = re.compile(r"/\*.*?\*/", re.S)
TEMPLATE_COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.S)
OUTSIDE_ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w+")
INLINE_CODE = re.compile(r"""\s(?:style|on[a-z]+)\s*=\s*["']|<style|javascript:|<script(?![^>]*\ssrc=)""")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def markup(path: Path) -> str:
    return TEMPLATE_COMMENT.sub("", path.read_text(encoding="utf-8"))


def code(path: Path) -> str:
    """The text of a sheet or script without its block comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def nested_rules(css: str) -> list[str]:
    """The selectors that stand inside another rule's block."""
    nested: list[str] = []
    blocks: list[str] = []
    for before, brace in re.findall(r"([^{}]*)([{}])", css):
        if brace == "}":
            blocks.pop()
            continue
        selector = before.rpartition(";")[2].strip()
        if any(not outer.startswith("@") for outer in blocks):
            nested.append(selector)
        blocks.append(selector)
    return nested


def test_there_is_something_to_check():
    assert {"templates/base.html", "static/css/theme.css", "static/js/shell.js"} <= set(
        map(name, TEMPLATES + SHEETS + SCRIPTS)
    )


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_a_style_sheet_uses_nothing_newer_than_chromium_90(path):
    css = code(path)
    assert [word for word in TOO_NEW_IN_CSS if word in css] == []
    assert nested_rules(css) == []


def test_a_nested_rule_is_noticed_and_a_media_query_is_not():
    assert nested_rules(".card { color: red; & a { color: blue } }") == ["& a"]
    assert nested_rules("@media print { a { color: red } } @page { @bottom-right { content: '' } }") == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_uses_nothing_newer_than_chromium_90_and_evaluates_no_text(path):
    script = code(path)
    assert [word for word in TOO_NEW_IN_JS if word in script] == []
    assert re.findall(r"\beval\(|new Function|innerHTML|\.style\b", script) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_runs_under_the_strict_content_security_policy(path):
    html = markup(path)
    assert INLINE_CODE.findall(html) == []
    assert [word for word in TOO_NEW_IN_HTML if re.search(rf"\s{word}[\s=>]", html)] == []


@pytest.mark.parametrize("path", TEMPLATES + SHEETS + SCRIPTS + DRAWINGS, ids=name)
def test_nothing_is_fetched_from_outside(path):
    text = markup(path) if path.suffix == ".html" else code(path)
    assert OUTSIDE_ADDRESS.findall(text) == []
    assert "@import" not in text


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS, ids=name)
def test_the_wording_blames_nobody(path):
    text = markup(path) if path.suffix == ".html" else code(path)
    assert UNFRIENDLY.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_post_form_carries_its_token_and_none_validates_in_the_browser_first(path):
    forms = re.findall(r"<form\b[^>]*>.*?</form>", markup(path), re.S)
    posts = [form for form in forms if 'method="post"' in form]
    assert [form for form in posts if "{% csrf_token %}" not in form] == []
    fillable = [form for form in posts if "components/_form.html" in form or "components/_field.html" in form]
    assert [form for form in fillable if "novalidate" not in form.partition(">")[0]] == []


def test_the_last_error_pages_need_no_context_and_no_static_file_list():
    for page in ("500.html", "503.html"):
        html = markup(ROOT / "templates" / page)
        assert re.findall(r"{% (?:extends|include|load|url|static)", html) == []


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
