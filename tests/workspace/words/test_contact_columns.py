"""The columns of contacts in words."""

import pandas as pd

from cs_planning.kpis.contacts.columns import CONTACT_COLUMNS, typed_contacts
from cs_planning.kpis.contacts.points.behind import COUNTED_ON, PART
from cs_planning.language import use_language
from cs_planning.workspace.words.contact_columns import CONTACT_COLUMN_NAMES, readable_contacts


def test_every_column_of_a_contact_has_a_name_of_its_own():
    assert set(CONTACT_COLUMN_NAMES) == {*CONTACT_COLUMNS, COUNTED_ON, PART}
    for language in ("en", "ja"):
        with use_language(language):
            names = [str(name) for name in CONTACT_COLUMN_NAMES.values()]
            assert len(set(names)) == len(names)


def test_marks_kinds_and_channels_are_read_in_the_language_in_force():
    contacts = typed_contacts(
        pd.DataFrame(
            {
                "contact_id": ["7", "8"],
                "kind": ["call", "ticket"],
                "created_at": pd.to_datetime(["2026-03-01", "2026-03-02"]),
                "reopened": [True, None],
                "channel": ["phone", None],
            }
        )
    ).dropna(axis="columns", how="all")
    with use_language("ja"):
        shown = readable_contacts(contacts)
    assert shown["種別"].tolist() == ["通話", "チケット"]
    assert shown["再オープン"].tolist() == ["はい", ""]
    assert shown["チャネル"].tolist() == ["電話", ""]
