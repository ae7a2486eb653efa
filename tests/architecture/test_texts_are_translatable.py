"""Every text that a page shows goes through gettext: `_("…")` on the spot, or `text("…")` where it has arguments."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [ROOT / "app.py", *sorted(path for room in ("pages", "cs_planning/ui") for path in (ROOT / room).rglob("*.py"))]
SHOWN = {
    *("title", "header", "subheader", "write", "write_stream", "markdown", "caption", "text", "info", "warning", "error"),
    *("success", "toast", "button", "download_button", "link_button", "page_link", "form_submit_button", "metric", "badge"),
    *("expander", "popover", "tabs", "text_input", "text_area", "number_input", "slider", "select_slider", "selectbox"),
    *("segmented_control", "pills", "radio", "toggle", "checkbox", "date_input", "time_input", "file_uploader", "spinner"),
    *("status", "dialog", "menu_button", "multiselect", "chat_input", "color_picker", "data_editor", "Page", "progress"),
    *("TextColumn", "NumberColumn", "DateColumn", "SelectboxColumn", "CheckboxColumn", "LinkColumn", "ProgressColumn"),
}
WORDED = {"label", "help", "placeholder", "body", "title", "text", "page_title", "caption", "options", "captions"}
NOT_DRAWN = {"log", "logger", "_log", "_LOG", "logging", "stream", "file", "handle"}
"""Receivers that write elsewhere than on a screen: the log and open files."""


def words_of(node: ast.expr) -> str:
    """The letters of the literals in an expression, Streamlit's own directives (`:material/…:`, `:green[`) left out."""
    if isinstance(node, ast.JoinedStr):
        written = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        written = node.value
    elif isinstance(node, ast.List | ast.Tuple):
        return " ".join(filter(None, map(words_of, node.elts)))
    elif isinstance(node, ast.IfExp):
        return " ".join(filter(None, (words_of(node.body), words_of(node.orelse))))
    elif isinstance(node, ast.BinOp):
        return " ".join(filter(None, (words_of(node.left), words_of(node.right))))
    elif isinstance(node, ast.BoolOp):
        return " ".join(filter(None, map(words_of, node.values)))
    else:
        return ""
    plain = re.sub(r":material/\w+:?|:\w+\[", " ", written)
    return " ".join(word for word in plain.replace("*", " ").split() if word.isalpha() and word != "UTC")


def untranslated(source: str) -> list[str]:
    """What a script shows without gettext, whatever it is drawn on (`st`, a column, a place, a method of a call)."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SHOWN):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id in NOT_DRAWN:
            continue
        arguments = node.args[1:2] if node.func.attr in {"page_link", "progress", "Page"} else node.args[:1]
        values = [*arguments, *(k.value for k in node.keywords if k.arg in WORDED)]
        found += [f"line {node.lineno}: {words_of(value)}" for value in values if words_of(value)]
    return found


def test_there_are_scripts_to_check():
    assert len(SCRIPTS) > 50
    assert sum(source.count("_(") for source in (path.read_text(encoding="utf-8") for path in SCRIPTS)) > 100


@pytest.mark.parametrize(
    "written",
    [
        'st.title("Goals")',
        'left.caption("Goals")',
        'columns[0].metric("Goals", 1)',
        'st.container().button("Save it")',
        'place.empty().info(f"{count} goals")',
        'self.box.write("Goals" if many else "Goal")',
        'st.tabs(["First", _("Second")])',
        'st.selectbox(_("Goal"), ids, help="Choose")',
        'st.column_config.TextColumn("Name")',
        'st.page_link(HOME, label="Home")',
        'st.markdown("**Note** " + words)',
    ],
)
def test_a_text_without_gettext_is_found_on_any_receiver(written):
    assert untranslated(written)


@pytest.mark.parametrize(
    "written",
    ['st.title(_("Goals"))', 'log.info("opened the workspace")', 'st.button(":material/add:")', "st.markdown(str(text))"],
)
def test_what_is_translated_or_not_shown_is_left_alone(written):
    assert not untranslated(written)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_text_is_shown_without_gettext(script):
    assert untranslated(script.read_text(encoding="utf-8")) == []
