"""A file that names its zone asks for that of the service."""

from cs_planning.kpis.findings.zones import service_zone_unknown


def test_the_zone_of_the_file_is_named_and_that_of_the_service_asked_for() -> None:
    finding = service_zone_unknown("Asia/Tokyo")
    assert "Asia/Tokyo" in str(finding.message)
    assert "--zone" in str(finding.remedy)
