"""The help at every field, told once: for the screens and for the documentation.

Words that are a notion of their own, such as the target, are in `terms`; here is what has to be said about a field alone.
"""

from __future__ import annotations

from cs_planning.language import Text
from cs_planning.workspace.words.fields import data, exploring, pages, planning
from cs_planning.workspace.words.fields.field import Field

FIELDS: dict[str, tuple[Field, ...]] = {**planning.FIELDS, **data.FIELDS, **exploring.FIELDS, **pages.FIELDS}
"""Every field by the page on which it stands."""
_BY_ID = {field.id: field for page in FIELDS.values() for field in page}


def hint(field: str) -> str:
    """The help at a field, in the language in force."""
    return str(_BY_ID[field].help)


def label(field: str, otherwise: Text) -> Text:
    """What stands above a field; `otherwise` where nothing is told about it."""
    found = _BY_ID.get(field)
    return found.label if found is not None else otherwise
