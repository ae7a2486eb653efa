"""Which imports the Data quality page lists."""

from cs_planning.kpis.findings.imported import QualityFinding, Severity
from cs_planning.language import text
from cs_planning.storage import ImportInfo
from cs_planning.ui.data.findings import listed_imports
from cs_planning.workspace.data.taken_out import TAKEN_OUT
from cs_planning.workspace.layers.records import ImportRecord, KeptImport


def kept(number: int, *rules: str) -> KeptImport:
    said = text("Said.")
    found = (QualityFinding(rule=rule, severity=Severity.NOTICE, message=said, consequence=said, remedy=said) for rule in rules)
    info = ImportInfo(file_name=f"{number}.csv", fingerprint="f", kind="tickets", accepted=1, rejected=0)
    return KeptImport(info, ImportRecord(findings=tuple(found)))


def test_an_old_import_that_took_series_out_is_listed_behind_the_newest_ones():
    imports = [kept(number, *([TAKEN_OUT] if number == 40 else ["no_clock"] if number == 41 else [])) for number in range(50)]
    assert [one.info.file_name for one in listed_imports(imports)] == [*(f"{number}.csv" for number in range(30)), "40.csv"]
