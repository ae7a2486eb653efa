"""Every text that a page shows goes through gettext: `_("…")` on the spot, or `text("…")` where it has arguments."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "pages").glob("*.py")) + sorted((ROOT / "cs_planning" / "ui").rglob("*.py"))
SHOWN = {
    *("title", "header", "subheader", "write", "markdown", "caption", "info", "warning", "error", "success", "toast"),
    *("button", "download_button", "link_button", "page_link", "form_submit_button", "metric", "badge", "expander"),
    *("popover", "tabs", "text_input", "text_area", "number_input", "slider", "selectbox", "segmented_control", "pills"),
    *("toggle", "checkbox", "date_input", "file_uploader", "spinner", "status", "dialog", "menu_button", "multiselect"),
}
WORDED = {"label", "help", "placeholder", "body", "title"}


def words_of(node: ast.expr) -> str:
    """The letters that stand in a literal, Streamlit's own directives (`:material/…:`, `:green[`) left out."""
    if isinstance(node, ast.JoinedStr):
        written = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        written = node.value
    else:
        return ""
    plain = re.sub(r":material/\w+:?|:\w+\[", " ", written)
    return " ".join(word for word in plain.split() if word.isalpha())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_text_is_shown_without_gettext(script):
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        drawn = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SHOWN
        if not drawn or not (
            isinstance(node.func.value, ast.Name) and node.func.value.id in {"st", "place", "one", "two", "left", "right"}
        ):
            continue
        shown = [*node.args[:1], *(k.value for k in node.keywords if k.arg in WORDED)]
        for value in shown[1:] if node.func.attr == "page_link" else shown:
            assert not words_of(value), f"{script.name}:{node.lineno} shows {words_of(value)!r} without _()"
