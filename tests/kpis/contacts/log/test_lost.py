"""What is said of contacts that can't be read any more."""

from cs_planning.kpis.contacts.log.lost import lost_contacts
from cs_planning.kpis.contacts.log.manifest import Manifest
from cs_planning.kpis.findings.imported import Severity
from cs_planning.language import use_language


def test_nothing_is_said_where_nothing_was_lost():
    assert lost_contacts(Manifest()) == ()


def test_lost_contacts_are_counted_with_their_months_in_one_finding():
    lost = Manifest.of([("2026-03", "c.parquet", 40), ("2026-01", "a.parquet", 60), ("2026-03", "b.parquet", 5)])
    (finding,) = lost_contacts(lost)
    assert finding.severity is Severity.WARNING
    assert finding.count == 105
    assert finding.sample_values == ("2026-01", "2026-03")
    assert str(finding.message).startswith("105 contacts of earlier imports, created from Jan 2026 to Mar 2026,")
    with use_language("ja"):
        assert str(finding.message).startswith("以前に取り込んだ問い合わせ105件（受付月：2026年1月〜2026年3月）")
