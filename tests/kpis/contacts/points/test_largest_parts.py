"""Which parts of a breakdown are kept."""

import pandas as pd

from cs_planning.kpis.contacts.points.largest_parts import largest_parts


def volumes(**contacts: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "series": [f"contact_volume|team={name}" for name in contacts],
            "period": pd.Timestamp("2026-01-01"),
            "value": list(contacts.values()),
            "sample_size": list(contacts.values()),
        }
    )


def test_the_parts_with_the_most_contacts_are_kept_beside_those_without_a_name():
    kept, count = largest_parts(volumes(a=9, b=5, unknown=100, c=7), "team", with_unknown=True, most=2)
    assert list(kept["series"]) == [f"contact_volume|team={name}" for name in ("a", "unknown", "c")]
    assert count == 3


def test_contacts_without_a_name_are_no_part_where_no_contact_has_one():
    kept, count = largest_parts(volumes(unknown=100), "team", with_unknown=True)
    assert kept.empty
    assert count == 0
