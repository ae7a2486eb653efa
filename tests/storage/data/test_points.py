from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, event

from cs_planning.errors import InvalidSeries, NotFound
from cs_planning.kpis.catalogue import Aggregation, Better, Kpi, Unit, kpi_named
from cs_planning.kpis.currency import Currency
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import SeriesKey, check_frame
from cs_planning.language import text
from cs_planning.storage import PointCounts, Save, Store
from tests.storage.building import NOW, by, months


def save(store: Store, frame: pd.DataFrame, frequency: Frequency = Frequency.MONTH, *, save: Save | None = None) -> PointCounts:
    return store.points.save(frame, frequency, source="march.csv", save=save or by())


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """The statements that reach a database meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_saved_frame_comes_back_as_it_was(store: Store):
    frame = check_frame(
        pd.concat([months("csat"), months("frt_median|channel=email|team=日本 – A=B", values=(1e-300, 2.5e300))])
    )
    save(store, frame)
    loaded = store.points.load_frame(Frequency.MONTH)
    pd.testing.assert_frame_equal(loaded, frame.astype({"period": loaded["period"].dtype}))
    assert loaded.dtypes.to_dict() == check_frame(loaded).dtypes.to_dict()


def test_missing_values_and_sample_sizes_come_back_missing(store: Store):
    frame = months(values=(80.0, float("nan"), 79.0))
    frame.loc[0, "sample_size"] = float("nan")
    save(store, frame)
    loaded = store.points.load_frame(Frequency.MONTH)
    assert loaded["value"].isna().tolist() == [False, True, False]
    assert loaded["sample_size"].isna().tolist() == [True, False, False]
    assert len(store.points.load_series("csat", Frequency.MONTH)) == 2


def test_saving_the_same_frame_again_changes_nothing_and_says_so(store: Store):
    frame = months(values=(80.0, float("nan"), 79.0))
    assert save(store, frame) == PointCounts(inserted=3)
    before, info = store.changes.data_version(), store.points.list_series()
    assert save(store, frame, save=by(after_minutes=5)) == PointCounts(unchanged=3)
    assert store.changes.data_version() == before
    assert store.points.list_series() == info


def test_a_mean_that_was_summed_in_another_order_is_no_change(store: Store):
    save(store, months(values=(80.0, 81.5, 79.0)))
    before = store.changes.data_version()
    noisy = months(values=(80.0 * (1 + 3e-16), 81.5 * (1 - 3e-16), 79.0))
    assert save(store, noisy, save=by(after_minutes=5)) == PointCounts(unchanged=3)
    assert store.changes.data_version() == before
    assert save(store, months(values=(80.0, 81.500001, 79.0)), save=by(after_minutes=9)) == PointCounts(changed=1, unchanged=2)


def test_an_overlapping_frame_updates_and_extends(store: Store):
    save(store, months(values=(80.0, 81.5, 79.0)))
    counts = save(store, months(first="2025-02-01", values=(81.5, 78.0, 83.0)).assign(sample_size=[101.0, 102.0, 50.0]))
    assert counts == PointCounts(inserted=1, changed=1, unchanged=1)
    assert store.points.load_series("csat", Frequency.MONTH).values.tolist() == [80.0, 81.5, 78.0, 83.0]


def test_a_changed_sample_size_is_a_change(store: Store):
    save(store, months())
    assert save(store, months().assign(sample_size=7.0)) == PointCounts(changed=3)


def test_the_data_version_grows_with_every_change(store: Store):
    versions = [store.changes.data_version()]
    save(store, months())
    versions.append(store.changes.data_version())
    save(store, months(values=(1.0,)))
    versions.append(store.changes.data_version())
    store.points.delete_series("csat", save=by())
    versions.append(store.changes.data_version())
    assert versions == sorted(set(versions))


def test_a_second_save_with_the_same_key_returns_the_first_result(store: Store):
    key = by(key="form-1")
    first = save(store, months(), save=key)
    assert first == PointCounts(inserted=3)
    assert save(store, months(), save=key) == first


def test_the_same_series_in_two_frequencies_are_two(store: Store):
    save(store, months())
    save(store, months(first="2025-01-01", values=(4.0,)), Frequency.YEAR)
    assert [(info.frequency, info.count) for info in store.points.list_series()] == [(Frequency.MONTH, 3), (Frequency.YEAR, 1)]
    assert store.points.load_series("csat", Frequency.YEAR).values.tolist() == [4.0]


def test_the_list_tells_what_each_series_has(store: Store):
    save(store, pd.concat([months(), months("own|team=A", "2024-11-01")]))
    own = Kpi(
        id="own",
        name=text("Own"),
        unit=Unit.HOURS,
        better=Better.LOWER,
        aggregation=Aggregation.NONE,
        formula=text("as imported"),
    )
    store.kpis.save(own, save=by())
    csat, other = store.points.list_series()
    assert (csat.key, csat.first, csat.last, csat.count) == (SeriesKey("csat"), date(2025, 1, 1), date(2025, 3, 1), 3)
    assert (other.key, other.kpi, other.source) == (SeriesKey("own", (("team", "A"),)), own, "march.csv")
    assert csat.updated_at == NOW
    assert store.points.load_series(other.key, Frequency.MONTH).kpi == own


def test_the_list_is_made_again_whenever_anything_that_it_tells_has_changed(store: Store):
    save(store, months("service_cost"))
    before = store.points.list_series()
    assert store.points.list_series() is before, "made again although nothing had changed"
    store.settings.save("currency", Currency(code="EUR").model_dump(mode="json"), save=by())
    (in_euros,) = store.points.list_series()
    assert in_euros.kpi.currency == "EUR"
    store.kpis.save(kpi_named("service_cost").model_copy(update={"name": text("What it costs")}), save=by())
    (named,) = store.points.list_series()
    assert str(named.kpi.name) == "What it costs"
    save(store, months("service_cost", "2025-04-01"))
    (longer,) = store.points.list_series()
    assert (longer.count, longer.last) == (6, date(2025, 6, 1))


def test_a_frame_of_chosen_series_has_these_alone(store: Store):
    save(store, pd.concat([months("csat"), months("nps"), months("ces")]))
    assert store.points.load_frame(Frequency.MONTH, ["nps", SeriesKey("ces")])["series"].unique().tolist() == ["ces", "nps"]
    assert store.points.load_frame(Frequency.MONTH, []).empty


def test_many_series_read_at_once_are_the_same_as_each_read_alone_and_in_the_order_asked_for(store: Store):
    gap = months("nps")
    gap.loc[1, "value"] = float("nan")
    save(store, pd.concat([months("csat"), gap, months("ces")]))
    asked = ["nps", "csat"]
    together = store.points.load_all_series(asked, Frequency.MONTH)
    assert [str(one.key) for one in together] == asked
    for name, one in zip(asked, together, strict=True):
        alone = store.points.load_series(name, Frequency.MONTH)
        pd.testing.assert_frame_equal(one.frame, alone.frame)
        assert one.kpi == alone.kpi
    assert len(together[0]) == len(gap) - 1
    assert store.points.load_all_series([], Frequency.MONTH) == ()
    with pytest.raises(NotFound, match="monthly data for First contact resolution"):
        store.points.load_all_series(["csat", "fcr"], Frequency.MONTH)


def test_an_empty_store_gives_an_empty_series_frame(store: Store):
    frame = store.points.load_frame(Frequency.DAY)
    assert frame.empty
    assert check_frame(frame).columns.tolist() == ["series", "period", "value", "sample_size"]
    assert save(store, frame, Frequency.DAY) == PointCounts()
    assert store.points.list_series() == ()


def test_a_series_that_is_not_there_is_named(store: Store):
    with pytest.raises(NotFound, match="monthly data for Net promoter score"):
        store.points.load_series("nps", Frequency.MONTH)


def test_deleting_takes_one_frequency_or_all(store: Store):
    save(store, months())
    save(store, months(values=(4.0,)), Frequency.YEAR)
    assert store.points.delete_series("csat", Frequency.YEAR, save=by()) == 1
    assert [info.frequency for info in store.points.list_series()] == [Frequency.MONTH]
    key = by(key="delete-it")
    assert store.points.delete_series("csat", save=key) == 3
    assert store.points.delete_series("csat", save=key) == 3
    assert store.points.list_series() == ()
    assert store.points.load_frame(Frequency.MONTH).empty


def test_deleting_what_is_not_there_changes_nothing(store: Store):
    before = store.changes.data_version()
    assert store.points.delete_series("nps", save=by()) == 0
    assert store.changes.data_version() == before


def test_a_period_that_is_not_the_first_day_is_refused_and_nothing_is_saved(store: Store):
    frame = pd.concat([months("nps"), months().assign(period=pd.to_datetime(["2025-01-01", "2025-02-15", "2025-03-01"]))])
    with pytest.raises(InvalidSeries, match=r"1 periods of monthly data .* Feb 15, 2025 of csat"):
        save(store, frame)
    assert store.points.list_series() == ()


def test_weeks_begin_on_monday(store: Store):
    monday = pd.DataFrame({"series": "csat", "period": pd.to_datetime(["2025-01-06"]), "value": [1.0]})
    assert save(store, monday, Frequency.WEEK).inserted == 1
    with pytest.raises(InvalidSeries):
        save(store, monday.assign(period=pd.to_datetime(["2025-01-07"])), Frequency.WEEK)


@pytest.mark.load
def test_fifteen_years_of_days_are_saved_in_few_statements(store: Store):
    days, kpis = 5585, 6
    frame = pd.DataFrame(
        {
            "series": np.repeat([f"kpi_{number}" for number in range(kpis)], days),
            "period": np.tile(pd.date_range("2009-11-01", periods=days), kpis),
            "value": np.random.default_rng(1).normal(size=days * kpis),
            "sample_size": 10.0,
        }
    )
    with statements_sent() as sent:
        assert save(store, frame, Frequency.DAY) == PointCounts(inserted=days * kpis)
        assert save(store, frame, Frequency.DAY) == PointCounts(unchanged=days * kpis)
        assert save(store, frame.assign(value=frame["value"] + 1), Frequency.DAY) == PointCounts(changed=days * kpis)
    assert len(sent) < days * kpis / 100
