"""How many page runs a second one server answers to visitors who look, try and save, beside a bare Streamlit page.

    python -m benchmarks.visitors [--visitors 4] [--seconds 30] [--seed 0]

Each visitor has a goal page and What-if open, in two connections as a browser has them, and asks for the next run as soon as
the last is done: in 60 % the goal page is drawn again, in 30 % a lever of What-if is moved, in 10 % a comment is saved on the
goal page, which takes two runs.  The visitors of the bare page move its slider.  Both
servers run one after the other.  The processor time of the visitors is told apart, since it is taken from the same cores.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from benchmarks.screens import BARE
from cs_planning.workspace import Home, Workspace
from tests.browser.server import started_server

TODAY = date(2026, 11, 10)
MIX = {"goal page": 0.6, "slider": 0.3, "save": 0.1}
WAIT_SECONDS = 120


class Tab:
    """A page that is open in a browser, as far as the server can tell."""

    def __init__(self, address: str, page: str, query: str = "") -> None:
        """Opens the page and waits until it is drawn."""
        host = address.removeprefix("http://")
        self._connection = connect(
            f"ws://{host}/_stcore/stream",
            origin=Origin(address),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=WAIT_SECONDS,
            legacy=True,
        )
        self._query, self._name, self._hash = query, page, ""
        self._values: dict[str, WidgetState] = {}
        self.failed: list[str] = []
        self.fields: dict[str, tuple[Any, str]] = {}
        self.run()

    def run(self, *pressed: WidgetState, fragment: str = "") -> None:
        """One run of the page, or of a fragment of it, until all that it began is drawn."""
        if not fragment:
            self.fields.clear()
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash, state.fragment_id = self._query, self._hash, fragment
        state.page_name = "" if self._hash else self._name
        state.widget_states.widgets.extend([*self._values.values(), *pressed])
        state.context_info.locale, state.context_info.timezone = "en-US", "UTC"
        self._connection.send(asked.SerializeToString())
        while not self._is_done(ForwardMsg.FromString(self._connection.recv(WAIT_SECONDS, decode=False))):
            pass

    def keep(self, **value: Any) -> None:
        """Gives a field a value, by its `id`."""
        self._values[value["id"]] = WidgetState(**value)

    def id_of(self, part: str) -> str:
        """The id of the field that was drawn last of those whose id holds `part`; empty where there is none."""
        return next((one for one in reversed(self.fields) if part in one), "")

    def close(self) -> None:
        """Leaves."""
        self._connection.close()

    def _is_done(self, told: ForwardMsg) -> bool:
        kind = told.WhichOneof("type")
        if kind == "navigation":
            self._hash = told.navigation.page_script_hash
        elif kind == "delta":
            which = told.delta.WhichOneof("type")
            if which == "new_element":
                element = told.delta.new_element
                if element.WhichOneof("type") == "exception":
                    self.failed.append(element.exception.message)
                self._note(getattr(element, element.WhichOneof("type") or "empty"), told.delta.fragment_id)
            elif which == "add_block":
                self._note(told.delta.add_block.popover, told.delta.fragment_id)
                self._note(told.delta.add_block.expandable, told.delta.fragment_id)
        return kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _note(self, drawn: Any, fragment: str) -> None:
        if getattr(drawn, "id", ""):
            self.fields.pop(drawn.id, None)
            self.fields[drawn.id] = drawn, fragment


class Visitor:
    """Somebody with a goal page and What-if open, who never rests.

    Attributes:
        taken: seconds of each answer, by what was done.
        runs: how many runs of a page that were.
    """

    def __init__(self, address: str, goal: str, seed: int) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.runs = 0
        self._rng = random.Random(seed)
        self._goal, self._what_if = Tab(address, "goal", f"goal={goal}"), Tab(address, "what-if")
        self._goal.keep(id=self._goal.id_of("-folded-goal"), bool_value=True)
        self._goal.run()
        self._lever = self._what_if.id_of("-containment")

    def act(self) -> None:
        """Does one thing, waits for its answer and notes it."""
        doing = self._rng.choices(list(MIX), list(MIX.values()))[0]
        begun = time.monotonic()
        if doing == "slider":
            slider, fragment = self._what_if.fields[self._lever]
            self._what_if.keep(id=slider.id, double_array_value={"data": [self._rng.randint(int(slider.min), int(slider.max))]})
            self._what_if.run(fragment=fragment)
            self.runs += 1
        elif doing == "save":
            self._comment()
        else:
            self._goal.run()
            self.runs += 1
        self.taken[doing].append(time.monotonic() - begun)

    def failures(self) -> list[str]:
        """What broke off a run of its pages."""
        return [*self._goal.failed, *self._what_if.failed]

    def leave(self) -> None:
        """Closes its pages."""
        self._goal.close()
        self._what_if.close()

    def _comment(self) -> None:
        """Opens the comments, which close when one is said, and says one."""
        page = self._goal
        page.keep(id=page.id_of("-talk-goal"), bool_value=True)
        page.run()
        page.keep(id=page.id_of("-comment-"), string_value=f"Seen: {self._rng.random()}")
        page.run(WidgetState(id=page.id_of("-say-goal"), trigger_value=True))
        self.runs += 2


class BareVisitor:
    """Somebody who moves the slider of the bare page and never rests."""

    def __init__(self, address: str, seed: int) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.runs = 0
        self._rng = random.Random(seed)
        self._tab = Tab(address, "")

    def act(self) -> None:
        """Moves the slider once."""
        begun = time.monotonic()
        slider = self._tab.id_of("-value")
        self._tab.keep(id=slider, double_array_value={"data": [self._rng.randint(0, 200)]})
        self._tab.run()
        self.runs += 1
        self.taken["bare page"].append(time.monotonic() - begun)


def measured(visitors: list[Visitor] | list[BareVisitor], process: int, seconds: float) -> float:
    """Lets all visitors act at once for a while, prints what came of it and returns the runs a second."""
    failed: list[BaseException] = []
    begun, own, served = time.monotonic(), time.process_time(), processor_seconds(process)

    def go_on(visitor: Visitor | BareVisitor) -> None:
        try:
            while time.monotonic() - begun < seconds:
                visitor.act()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=go_on, args=(one,)) for one in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    wall, own = time.monotonic() - begun, time.process_time() - own
    served = processor_seconds(process) - served
    runs = sum(one.runs for one in visitors)
    print_by_kind(visitors)
    print(
        f"  {runs / wall:.1f} page runs a second; {1000 * served / runs:.0f} ms of the server's processor a run; "
        f"the visitors took {own / wall:.2f} cores, the server {served / wall:.2f}"
    )
    return runs / wall


def print_by_kind(visitors: Sequence[Visitor] | Sequence[BareVisitor]) -> None:
    """Prints how long the answers to each kind of click took."""
    for doing in sorted({name for one in visitors for name in one.taken}):
        taken = np.array([each for one in visitors for each in one.taken[doing]])
        middle, late = np.quantile(taken, [0.5, 0.95])
        print(f"  {doing:10s} {len(taken)} times: median {1000 * middle:.0f} ms, 95 % {1000 * late:.0f} ms")


def processor_seconds(process: int) -> float:
    """The processor time that a process has taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measures the bare page, then the product."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(f"{given.visitors} visitors, load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        with started_server(Path(folder) / "bare", sample=False, script=script) as (address, process):
            bare_visitors = [BareVisitor(address, given.seed + number) for number in range(given.visitors)]
            print("bare page")
            bare = measured(bare_visitors, process.pid, given.seconds)
        sample = Workspace.sample(Home.at(Path(folder)), TODAY)
        home, goals = sample.home.folder, sample.planning.goals()
        sample.close()
        with started_server(home, sample=False, today=TODAY.isoformat()) as (address, process):
            visitors = [
                Visitor(address, goals[number % len(goals)].id, given.seed + number) for number in range(given.visitors)
            ]
            print(", ".join(f"{share:.0%} {name}" for name, share in MIX.items()))
            runs = measured(visitors, process.pid, given.seconds)
    print(f"{runs:.1f} page runs a second, {runs / bare:.2f} of the bare page's {bare:.1f}")


if __name__ == "__main__":
    main()
