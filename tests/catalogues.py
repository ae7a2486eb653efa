"""Collects every text of the product and brings the catalogues of its languages up to date.

    python -m tests.catalogues

Translations stay, new texts are added empty, texts that nobody shows any more are dropped.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "cs_planning" / "locales"
KEYWORDS = {"_": 1, "gettext": 1, "ngettext": 2, "text": 1, "ntext": 2}
"""How many texts each function takes: one, or a singular and a plural."""
SOURCES = ("cs_planning", "pages")


def template() -> Catalog:
    """All texts of the product, without translations."""
    made = Catalog(project="cs-planning", charset="utf-8")
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            for message in _messages(path.read_text(encoding="utf-8")):
                made.add(message).flags.discard("python-format")
    return made


def _messages(program: str) -> Iterator[str | tuple[str, str]]:
    """The texts that a program wraps, from its syntax tree: also those inside f-strings, which a tokenizer passes over."""
    for node in ast.walk(ast.parse(program)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        wanted = node.args[: KEYWORDS.get(name, 0)]
        words = [one.value for one in wanted if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]
        if wanted and len(words) == KEYWORDS[name]:
            yield words[0] if len(words) == 1 else (words[0], words[1])


def read(language: str) -> Catalog:
    """The catalogue of a language; empty when there is none yet."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of a language with exactly the texts that the product has now."""
    old, new = read(language), Catalog(locale=language, project="cs-planning", charset="utf-8", fuzzy=False)
    for message in template():
        if message.id:
            known = old.get(message.id)
            entry = new.add(message.id, known.string if known is not None else "")
            entry.flags.discard("python-format")
    return new


def write(language: str) -> None:
    """Writes the catalogue of a language."""
    written = BytesIO()
    write_po(written, updated(language), width=0, omit_header=False, sort_output=True, no_location=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By', '"Report-Msgid-Bugs-To')
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{language}.po").write_text("".join(line for line in lines if not line.startswith(dated)), encoding="utf-8")


if __name__ == "__main__":
    write("ja")
    missing = [message.id for message in read("ja") if message.id and not message.string]
    print(f"Japanese: {len(missing)} texts without a translation.")
