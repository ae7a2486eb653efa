"""What a contact costs, of costs and contacts that came in files of their own, is kept together with either or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cs_planning.errors import NotFound
from cs_planning.kpis.frequency import Frequency
from cs_planning.workspace import Save, Workspace

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TICKETS = "\n".join(
    [
        "Ticket ID,Created at,Solved at,Channel",
        *(
            f"{n},2026-{3 + n // 40:02d}-{n % 28 + 1:02d} 09:00,2026-{3 + n // 40:02d}-{n % 28 + 1:02d} 12:00,email"
            for n in range(80)
        ),
    ]
)
COSTS = "Month,Service cost (USD)\n2026-03,200\n2026-04,300\n"


def put(workspace: Workspace, name: str, content: str) -> None:
    workspace.data.import_file(name, content.encode(), save=Save("Mika", name, NOW))


def costs(workspace: Workspace) -> list[float]:
    try:
        return workspace.data.series("cost_per_contact", Frequency.MONTH).values.tolist()
    except NotFound:
        return []


@pytest.mark.parametrize("order", [("costs.csv", "tickets.csv"), ("tickets.csv", "costs.csv")])
def test_an_import_that_is_stopped_before_the_cost_per_contact_leaves_nothing_and_is_whole_at_the_next_try(
    workspace, monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]
):
    files = {"costs.csv": COSTS, "tickets.csv": TICKETS}
    first, second = order
    put(workspace, first, files[first])
    before = workspace.data.series_list()
    with monkeypatch.context() as stopped:

        def stop(_connection: object, *, now: datetime) -> None:
            raise KeyboardInterrupt

        stopped.setattr("cs_planning.storage.data.imports.write_cost_per_contact", stop)
        with pytest.raises(KeyboardInterrupt):
            put(workspace, second, files[second])
    assert workspace.data.series_list() == before
    assert [info.file_name for info in workspace.data.imports()] == [first]
    put(workspace, second, files[second])
    # 200 ÷ 40 and 300 ÷ 40 contacts.
    assert costs(workspace) == [5.0, 7.5]


def test_the_cost_per_contact_is_there_in_the_transaction_of_the_import(workspace):
    put(workspace, "tickets.csv", TICKETS)
    version = workspace.data.version()
    put(workspace, "costs.csv", COSTS)
    made = {info.updated_at for info in workspace.data.series_list() if info.key.kpi in ("service_cost", "cost_per_contact")}
    assert made == {NOW}
    assert costs(workspace) == [5.0, 7.5]
    assert workspace.data.version() > version
