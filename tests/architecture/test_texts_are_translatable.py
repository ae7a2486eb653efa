"""Every text that a page shows goes through gettext."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "pages").glob("*.py")) + sorted((ROOT / "cs_planning" / "ui").glob("*.py"))
SHOWN = set(
    "title header subheader write markdown caption info warning error success toast button download_button link_button page_link "
    "form_submit_button metric badge expander popover tabs text_input text_area number_input slider selectbox segmented_control "
    "pills toggle checkbox date_input file_uploader spinner status dialog menu_button multiselect radio".split()
)
WORDED = {"label", "help", "placeholder", "body", "text", "title"}


def literal_words(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and any(c.isalpha() for c in str(part.value)) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any(c.isalpha() for c in node.value)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_no_text_is_shown_without_gettext(script):
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SHOWN):
            continue
        shown = [*node.args[:1], *(k.value for k in node.keywords if k.arg in WORDED)]
        if node.func.attr == "page_link":
            shown = shown[1:]
        for value in shown:
            assert not literal_words(value), f"{script.name}:{node.lineno} shows a text without _()"
