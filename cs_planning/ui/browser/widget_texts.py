"""Streamlit's own words in its widgets, which no parameter sets: replaced in the browser where the page is not in English.

The part of a page that a text may stand in is named, so that nothing a user wrote is ever taken for a word of a widget.
Messages of the connection, the menu of the page and what a calendar reads aloud stay English.
"""

from __future__ import annotations

import json

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

_SCRIPT = """
(() => {
  const told = %(words)s, patterns = %(patterns)s, own = new Map();
  const speech = () => document.documentElement.lang;
  const said = words => {
    const trimmed = words.trim(), exact = (told[speech()] || {})[trimmed];
    if (exact) return words.replace(trimmed, exact);
    const named = trimmed.match(/^([A-Z][A-Za-z/ -]+): ([^]+)$/), head = named && (told[speech()] || {})[named[1]];
    if (head) return head + "：" + named[2];
    for (const [pattern, target] of patterns[speech()] || []) {
      const found = trimmed.match(new RegExp(pattern));
      if (found) return target.replace("{name}", found[1]);
    }
    return words;
  };
  const once = (key, now, write) => {
    const kept = own.get(key.node)?.[key.name], source = kept && kept.shown === now ? kept.source : now, shown = said(source);
    if (shown !== now) write(shown);
    if (shown !== source) own.set(key.node, { ...own.get(key.node), [key.name]: { source, shown } });
  };
  const read = () => {
    waiting = false;
    for (const node of own.keys()) if (!node.isConnected) own.delete(node);
    if (!told[speech()] && !own.size) return;
    for (const place of document.querySelectorAll('%(places)s')) {
      const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let node; (node = walk.nextNode()); )
        once({ node, name: "text" }, node.nodeValue, shown => { node.nodeValue = shown; });
    }
    for (const node of document.querySelectorAll("[aria-label]"))
      once({ node, name: "label" }, node.getAttribute("aria-label"), shown => node.setAttribute("aria-label", shown));
  };
  let waiting = false;
  new MutationObserver(() => { if (!waiting) { waiting = true; setTimeout(read, %(wait)d); } })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["lang"] });
})();
"""


def script() -> str:
    """The script that says Streamlit's words in the language of the page, and takes them back when that changes."""
    words, patterns = {}, {}
    for language in LANGUAGES[1:]:
        with use_language(language):
            words[language] = {word: gettext(word) for word in _WORDS}
            patterns[language] = [(pattern, gettext(source)) for pattern, source in _PATTERNS]
    parts = {"words": json.dumps(words), "patterns": json.dumps(patterns), "places": _PLACES, "wait": _WAIT_MS}
    return _SCRIPT % parts
