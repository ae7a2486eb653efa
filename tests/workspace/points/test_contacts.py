"""Adding to a contact log computes again only what can have changed, and gives the same as computing everything."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from cs_planning.kpis.contacts.points.aggregate import kpis_of_cuts
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Home, Save, Workspace
from cs_planning.workspace.data import kpi_data
from cs_planning.workspace.points import contacts, merging

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def log(seed: int = 3, months: int = 8, each: int = 60) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2026-01-01")
    created = start + pd.to_timedelta(np.sort(rng.uniform(0, 30.4 * months * 86_400, each * months)).round(), unit="s")
    solved = created + pd.to_timedelta(rng.exponential(5 * 86_400, len(created)).round(), unit="s")
    is_open = rng.random(len(created)) < 0.1
    return pd.DataFrame(
        {
            "Ticket ID": np.arange(len(created)),
            "Created at": created.strftime("%Y-%m-%d %H:%M:%S"),
            "Solved at": np.where(is_open, "", solved.strftime("%Y-%m-%d %H:%M:%S")),
            "Channel": rng.choice(["email", "phone", "chat"], len(created)),
            "Satisfaction": rng.choice(["1", "2", "3", "4", "5", ""], len(created)),
        }
    )


def imported(folder, pieces) -> tuple[Workspace, list]:
    workspace = Workspace.open(Home.at(folder))
    reports = [
        workspace.data.import_file("log.csv", piece.to_csv(index=False).encode(), save=Save("t", str(n), NOW))
        for n, piece in enumerate(pieces)
    ]
    return workspace, reports


def assert_same_points(one: Workspace, other: Workspace) -> None:
    for frequency in (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER):
        ours, theirs = (w.data.frame(frequency).sort_values(["series", "period"], ignore_index=True) for w in (one, other))
        assert len(ours)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=1e-12)


def as_a_whole(monkeypatch) -> None:
    monkeypatch.setattr(merging, "basis_of", lambda *_facts: "unknown")


def first_days_asked(monkeypatch) -> list:
    """Grows by the first day, or None for all, of every way in which contacts are grouped from now on."""
    asked: list[date | None] = []
    computed = kpis_of_cuts
    monkeypatch.setattr(
        contacts, "kpis_of_cuts", lambda source, cuts: asked.extend(each.since for each in cuts) or computed(source, cuts)
    )
    return asked


def cut(table: pd.DataFrame, day: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    before = table["Created at"] < day
    return table[before], table[~before]


def reopened(table: pd.DataFrame) -> pd.DataFrame:
    """A newer export of a few old tickets, solved later than was known, and one of them from another channel."""
    old = table.iloc[200:206].copy()
    old["Solved at"] = "2026-08-20 10:00:00"
    old.loc[old.index[0], "Channel"] = "social"
    return old


@pytest.mark.parametrize(
    "day", ["2026-07-15", *(pytest.param(day, marks=pytest.mark.slow) for day in ("2026-08-01", "2026-02-01"))]
)
def test_a_month_that_is_added_gives_the_same_points_as_computing_everything(tmp_path, monkeypatch, day):
    first, second = cut(log(), day)
    step, _ = imported(tmp_path / "step", [first, second])
    as_a_whole(monkeypatch)
    whole, _ = imported(tmp_path / "whole", [first, second])
    assert_same_points(step, whole)


@pytest.mark.load
def test_changed_and_earlier_contacts_give_the_same_points_as_computing_everything(tmp_path, monkeypatch):
    table = log()
    first, second = cut(table, "2026-07-01")
    late, early = cut(second, "2026-08-01")
    pieces = [first.iloc[80:], early, late, reopened(table), first.iloc[:80]]
    step, _ = imported(tmp_path / "step", pieces)
    as_a_whole(monkeypatch)
    whole, _ = imported(tmp_path / "whole", pieces)
    assert_same_points(step, whole)


@pytest.mark.slow
def test_only_periods_from_the_first_changed_contact_on_are_computed(tmp_path, monkeypatch):
    asked = first_days_asked(monkeypatch)
    first, second = cut(log(), "2026-08-01")
    imported(tmp_path, [first, second])
    first_import, second_import = asked[: len(asked) // 2], asked[len(asked) // 2 :]
    assert set(first_import) == {None}
    assert min(second_import).year == 2026
    assert min(second_import) >= pd.Timestamp("2026-07-01").date()


@pytest.mark.slow
def test_without_a_known_basis_everything_is_computed(tmp_path, monkeypatch):
    first, second = cut(log(), "2026-08-01")
    workspace, _ = imported(tmp_path / "one", [first])
    monkeypatch.setattr(merging, "RULES", "other rules")
    asked = first_days_asked(monkeypatch)
    workspace.data.import_file("log.csv", second.to_csv(index=False).encode(), save=Save("t", "2", NOW))
    assert set(asked) == {None}


@pytest.mark.load
def test_a_large_file_from_the_disk_gives_the_same_points_as_a_small_one(tmp_path, monkeypatch):
    table = log()
    table.loc[5, "Created at"] = "some time"
    first, second = cut(table, "2026-08-01")
    small, reports = imported(tmp_path / "small", [first, second])
    monkeypatch.setattr(kpi_data, "LARGE_BYTES", 100)
    monkeypatch.setattr("cs_planning.kpis.contacts.conversion.from_file.LARGE_BYTES", 100)
    monkeypatch.setattr("cs_planning.kpis.files.reading.SAMPLE_BYTES", 4_000)
    large = Workspace.open(Home.at(tmp_path / "large"))
    for n, piece in enumerate([first, second]):
        path = tmp_path / "log.csv"
        path.write_bytes(piece.to_csv(index=False).encode())
        report = large.data.import_path(path, save=Save("t", str(n), NOW))
        assert report.imported.accepted_rows == reports[n].imported.accepted_rows
        assert report.rejected_rows == reports[n].rejected_rows
    assert_same_points(small, large)
    assert not [path for path in (tmp_path / "large" / "contacts").iterdir() if path.name.startswith("import-")]


class Left(BaseException):
    """What a screen raises inside a script whose reader has left it."""


@pytest.mark.parametrize("share", [0.05, 0.5, 0.7])
def test_an_import_whose_reader_leaves_in_the_midst_leaves_nothing_half_behind(tmp_path, share):
    first, second = cut(log(), "2026-05-10")
    workspace, _ = imported(tmp_path, [first])
    before = {path.name for path in tmp_path.rglob("*.parquet")}
    points = workspace.data.frame(Frequency.MONTH)

    def leave(done: float) -> None:
        if done >= share:
            raise Left

    content = second.to_csv(index=False).encode()
    with pytest.raises(Left):
        workspace.data.import_file("log.csv", content, save=Save("t", "second", NOW), progress=leave)
    assert {path.name for path in tmp_path.rglob("*.parquet")} == before
    pd.testing.assert_frame_equal(workspace.data.frame(Frequency.MONTH), points)
    assert len(workspace.data.imports()) == 1
