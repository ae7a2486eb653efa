from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from cs_planning.errors import Conflict, InvalidSeries, NotFound
from cs_planning.kpis.catalogue import kpi_named
from cs_planning.kpis.frequency import Frequency
from cs_planning.storage import ContactLog, ImportInfo, LogPart, PointCounts, RememberedMapping, Store
from cs_planning.storage.data.imports import _NOT_GIVEN
from tests.storage.building import NOW, an_import, by, months

YEARLY = {Frequency.YEAR: months(values=(5.0,))}
PARTS = (LogPart(date(2026, 1, 1), "2026-01-a.parquet", 10), LogPart(date(2026, 2, 1), "2026-02-a.parquet", 20))


def test_an_import_is_recorded_with_everything_that_came_of_it(store: Store):
    mapping = RememberedMapping("cd" * 32, "kpi_table", '{"date": "period"}')
    result = store.imports.record(
        an_import(mapping='{"date": "period"}', rejected=2, summary='{"findings": []}'),
        {Frequency.MONTH: months(), **YEARLY},
        kpis=[kpi_named("own")],
        remember=mapping,
        log=ContactLog("contacts", parts=PARTS),
        save=by(),
    )
    assert result.counts == {Frequency.MONTH: PointCounts(inserted=3), Frequency.YEAR: PointCounts(inserted=1)}
    assert result.total == PointCounts(inserted=4)
    assert (result.info.author, result.info.imported_at) == ("Mika", NOW)
    assert store.imports.list() == (result.info,)
    assert store.imports.load(result.info.id) == store.imports.find("ab" * 32) == result.info
    assert store.imports.remembered_mapping("cd" * 32) == mapping
    assert store.contact_logs.load("contacts") == ContactLog("contacts", 1, PARTS)
    assert store.kpis.load_all() == {"own": kpi_named("own")}
    assert [info.source for info in store.points.list_series()] == ["march.csv", "march.csv"]


def test_importing_the_same_file_again_changes_no_point_and_says_so(store: Store):
    store.imports.record(an_import(), {Frequency.MONTH: months()}, save=by())
    before = store.changes.data_version()
    again = store.imports.record(an_import(), {Frequency.MONTH: months()}, save=by(after_minutes=5))
    assert again.total == PointCounts(unchanged=3)
    assert store.changes.data_version() == before
    assert store.imports.list()[0] == again.info
    assert store.imports.find("ab" * 32) == again.info


def test_a_second_click_records_nothing_and_gets_the_first_result(store: Store):
    key = by(key="form-1")
    frames = {Frequency.MONTH: months(), **YEARLY}
    first = store.imports.record(an_import(), frames, log=ContactLog("contacts", parts=PARTS), save=key)
    renamed = tuple(replace(part, file_name=f"again-{part.file_name}") for part in PARTS)
    second = store.imports.record(an_import(), frames, log=ContactLog("contacts", parts=renamed), save=key)
    assert first == second
    assert len(store.imports.list()) == 1
    assert store.contact_logs.load("contacts").parts == PARTS


@pytest.mark.parametrize("field", sorted({field.name for field in fields(ImportInfo)} - _NOT_GIVEN))
def test_a_second_click_with_other_content_is_refused_and_never_passed_over(store: Store, field: str):
    first = an_import()
    store.imports.record(first, {}, save=by(key="form-1"))
    given = getattr(first, field)
    changed: dict[str, Any] = {field: given + 1 if isinstance(given, int) else f"{given} "}
    other = replace(first, **changed)
    with pytest.raises(Conflict, match="other content"):
        store.imports.record(other, {}, save=by(key="form-1"))


def test_one_wrong_frame_means_that_nothing_is_recorded(store: Store):
    with pytest.raises(InvalidSeries):
        store.imports.record(an_import(), {Frequency.MONTH: months(), Frequency.YEAR: months("nps")}, save=by())
    assert store.imports.list() == ()
    assert store.points.list_series() == ()


def test_a_contact_log_that_moved_in_between_means_that_nothing_is_recorded(store: Store):
    store.imports.record(an_import(), {}, log=ContactLog("contacts", parts=PARTS[:1]), save=by())
    read = store.contact_logs.load("contacts")
    store.imports.record(an_import(), {}, log=replace(read, parts=PARTS), save=by(after_minutes=1))
    for stale in (read, ContactLog("contacts")):
        with pytest.raises(Conflict, match="contacts"):
            store.imports.record(
                an_import(), {Frequency.MONTH: months()}, log=replace(stale, parts=()), kpis=[kpi_named("own")], save=by()
            )
    assert store.contact_logs.load("contacts") == ContactLog("contacts", 2, PARTS)
    assert len(store.imports.list()) == 2
    assert store.points.list_series() == ()
    assert store.kpis.load_all() == {}


def test_the_last_mapping_for_a_header_is_remembered(store: Store):
    for kind in ("kpi_table", "contacts"):
        store.imports.record(an_import(), {}, remember=RememberedMapping("cd", kind, "{}"), save=by())
    assert store.imports.remembered_mapping("cd") == RememberedMapping("cd", "contacts", "{}")
    assert store.imports.remembered_mapping("other") is None


def test_a_file_name_that_is_not_unicode_does_not_stop_an_import(store: Store):
    store.imports.record(an_import(file_name="m\udce4rz\0.csv"), {Frequency.MONTH: months()}, save=by())
    assert store.imports.list()[0].file_name == "m?rz\ufffd.csv"


def test_what_is_not_there(store: Store):
    assert store.imports.list() == ()
    assert store.imports.find("00" * 32) is None
    assert store.contact_logs.load("contacts") == ContactLog("contacts", 0, ())
    with pytest.raises(NotFound):
        store.imports.load("nowhere")


def test_imports_are_listed_from_the_newest_up_to_a_limit(store: Store):
    names = [f"file-{number}.csv" for number in range(5)]
    for minute, name in enumerate(names):
        store.imports.record(an_import(file_name=name), {}, save=by(after_minutes=minute))
    assert [info.file_name for info in store.imports.list(limit=3)] == names[:1:-1]
