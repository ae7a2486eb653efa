"""Streamlit's own words in its widgets, which no parameter sets: replaced in the browser where the page is not in English.

The part of a page that a text may stand in is named, so that nothing a user wrote is ever taken for a word of a widget.
Messages of the connection, the menu of the page and what a calendar reads aloud stay English.
"""

from __future__ import annotations

from collections.abc import Mapping

from cs_planning.language import LANGUAGES, gettext, use_language

_WORDS = (
    gettext("Upload"),
    gettext("Drag and drop files here"),
    gettext("Drag and drop a file here"),
    gettext("file upload"),
    gettext("Skip to main content"),
    gettext("No results"),
    gettext("Select all"),
    gettext("Choose options"),
    gettext("Choose an option"),
    gettext("Choose date"),
    gettext("Clear all"),
    gettext("Clear value"),
    gettext("Clear date"),
    gettext("Close"),
    gettext("Fullscreen"),
    gettext("Close fullscreen"),
    gettext("Previous page"),
    gettext("Next page"),
    gettext("Previous month"),
    gettext("Next month"),
    gettext("Add row"),
    gettext("Delete row(s)"),
    gettext("Search"),
    gettext("Show data"),
    gettext("Download as PNG"),
    gettext("Copy to clipboard"),
    gettext("Copy Vega-Lite spec"),
    gettext("Link to heading"),
    gettext("Increment"),
    gettext("Decrement"),
    gettext("Help"),
    gettext("App pages"),
    gettext("Show/hide columns"),
    gettext("This field is required."),
    gettext("(required)"),
    gettext("Press Enter to apply"),
    gettext("Press Enter to submit form"),
    gettext("Press Ctrl+Enter to apply"),
    gettext("Press Ctrl+Enter to submit form"),
    gettext("Press ⌘+Enter to apply"),
    gettext("Press ⌘+Enter to submit form"),
)
_PATTERNS = (
    ("^Help for (.+)$", gettext("Help for {name}")),
    ("^Remove (.+)$", gettext("Remove {name}")),
    ("^year, (.+)$", gettext("year, {name}")),
    ("^month, (.+)$", gettext("month, {name}")),
    ("^day, (.+)$", gettext("day, {name}")),
    ("^(.+) — start$", gettext("{name}, lower end")),
    ("^(.+) — end$", gettext("{name}, upper end")),
    ("^([0-9.]+ ?[KMG]?B) per file$", gettext("{name} per file")),
)
"""Words around one that changes; it is put in for `{name}`."""
_PLACES = ", ".join(
    (
        *(
            '[data-testid="stFileUploader"] button',
            '[data-testid="stFileUploaderDropzone"]',
            '[data-testid="InputInstructions"]',
        ),
        *('[data-testid="stSkipToContent"]', '[data-testid="stTooltipContent"]', '[role="tooltip"]'),
        *('[data-testid="stSelectboxVirtualDropdownEmpty"]', '[role="listbox"]'),
    )
)
_WAIT_MS = 80


def settings() -> Mapping[str, object]:
    """What `widgets.js` has to know: words and patterns by language, the places they stand in, and how long it gathers."""
    words, patterns = {}, {}
    for language in LANGUAGES[1:]:
        with use_language(language):
            words[language] = {word: gettext(word) for word in _WORDS}
            patterns[language] = [(pattern, gettext(source)) for pattern, source in _PATTERNS]
    return {"words": words, "patterns": patterns, "places": _PLACES, "waitMs": _WAIT_MS}
