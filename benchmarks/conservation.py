"""Conservation in the what-if: what is counted, paid and worked adds up, on many random teams and levers.

    python -m benchmarks.conservation [--count 10000] [--seed 0]

Each team is simulated as it is and with random levers in 16 draws.  Prints how many laws were broken, and the first teams that
break one; ends with 1 where there are some.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from cs_planning.automation.levers.registry import LEVERS
from cs_planning.automation.scenarios.outcome import Outcome, OutcomeDraws
from cs_planning.automation.scenarios.scenario import Scenario, simulate
from cs_planning.automation.team.operation import Operation
from cs_planning.automation.team.reading import read_model, read_operation

DRAWS = 16
_CLOSE = 1e-9
_ROUND = 1e-7


def random_team(rng: np.random.Generator) -> Operation:
    """A team of one to three channels, in any state: overloaded, closed at lunch or on weekends, nobody in the queue."""
    kinds = rng.choice(["phone", "chat", "email"], size=rng.integers(1, 4), p=[0.5, 0.15, 0.35])
    channels = [_channel(rng, str(kind), number) for number, kind in enumerate(kinds)]
    if rng.random() < 0.25:
        pages = {"kind": "self_service", "name": "pages", "contacts_per_day": float(rng.uniform(1, 3000))}
        pages |= {"handle_time_seconds": 200, "solved_share": float(rng.random()), "price_per_contact": float(rng.random())}
        channels.append(pages | {"monthly_cost": float(rng.choice([0, 500]))})
    return read_operation(
        {
            "channels": channels,
            "currency": "EUR",
            "cost_per_agent_hour": float(rng.uniform(5, 80)),
            "shrinkage": float(rng.uniform(0, 0.6)),
            "days_per_month": float(rng.uniform(15, 31)),
            "outsourced_share": float(rng.choice([0, 0, 0.1, 0.5, 0.95])),
            "outsourced_price_per_contact": float(rng.uniform(0, 10)),
            "outsourced_minimum_contacts": float(rng.choice([0, 0, 2000])),
        }
    )


def _channel(rng: np.random.Generator, kind: str, number: int) -> dict[str, Any]:
    handle, hours = float(np.exp(rng.uniform(3, 7))), float(rng.choice([4, 8, 12, 24]))
    agents = float(np.exp(rng.uniform(0, 2 if kind == "chat" else 4)))
    contacts = agents * hours * 3600 / handle * float(rng.uniform(0.05, 2.5))
    made: dict[str, Any] = {
        "kind": kind,
        "name": f"{kind} {number}",
        "contacts_per_day": max(contacts, 0.1),
        "opening_hours_per_day": hours,
        "handle_time_seconds": handle,
        "handle_time_sigma": float(rng.uniform(0, 2)),
        "agents": agents,
        "answer_within_seconds": float(rng.choice([0, 20, 60, 3600])),
        "recontact_after_service": float(rng.choice([0, 0.12, 0.5, 0.9])),
        "availability": float(rng.uniform(0.5, 1.2)),
    }
    if kind == "email":
        made |= {"open_weekdays": [0, 1, 2, 3, 4], "backlog_at_start": float(rng.choice([0, 0, contacts, 20 * contacts]))}
        return made
    made |= {"redial_after_abandonment": float(rng.choice([0, 0.3, 0.9]))}
    if rng.random() < 0.8:
        made["patience_seconds"] = float(np.exp(rng.uniform(2, 9)))
    if kind == "chat":
        made["chats_at_once"] = int(rng.integers(1, 5))
    if rng.random() < 0.4:
        intervals = int(rng.choice([4, 8, 12]))
        rows = 7 if rng.random() < 0.5 else 1
        arrivals, people = rng.uniform(0.1, 3, (rows, intervals)), rng.uniform(0.2, 2, (rows, intervals))
        people[:, intervals // 2] *= rng.choice([0, 1])  # lunch without people
        if rows > 1:
            arrivals[5:], people[5:] = 0, 0
        made |= {"arrivals_per_interval": arrivals.tolist(), "agents_per_interval": people.tolist()}
        made["interval_minutes"] = hours * 60 / intervals
    return made


def random_levers(rng: np.random.Generator, team: Operation) -> Scenario:
    """Up to four levers of any kind, at their defaults or at a number of their range, on all channels or one."""
    levers = []
    for kind in rng.choice(len(LEVERS), size=rng.integers(1, 5)):
        lever = LEVERS[kind]
        fields: dict[str, Any] = {"kind": lever.model_fields["kind"].default, "one_off_cost": float(rng.choice([0, 10_000]))}
        if rng.random() < 0.5:
            fields |= _extreme(rng, fields["kind"])
        if rng.random() < 0.3:
            people = [channel.name for channel in team.channels if channel.has_people]
            fields["channels"] = [str(rng.choice(people))]
        levers.append(fields)
    return read_model(Scenario, {"name": "levers", "levers": levers})


def _extreme(rng: np.random.Generator, kind: str) -> dict[str, float]:
    share, change = float(rng.choice([0, 1, rng.random()])), float(rng.uniform(-0.5, 0.9))
    return {
        "chatbot": {"containment": share, "false_containment": float(rng.random()), "price_per_conversation": 0.2},
        "self_service": {"deflection": change, "uplift": float(rng.random())},
        "agent_assist": {"handle_time_change": change, "cost_per_agent_month": 30.0},
        "routing": {"recontact_change": change},
        "staffing": {"agents_change": float(rng.uniform(-20, 10)), "agents_share_change": change},
        "outsourcing": {"price_change": change, "recontact_added": float(rng.random())},
        "training": {"recontact_change": change, "shrinkage_change": float(rng.random() / 4)},
        "demand": {"volume_change": change},
    }[kind]


def broken_laws(outcome: Outcome) -> Iterator[str]:
    """The laws that an outcome breaks in at least one draw, channel by channel and together."""
    whole = outcome.draws
    parts = [whole.of_channel(channel.draws) for channel in outcome.channels]
    for one in (whole, *parts):
        yield from _of_one(one)
    for name in ("contacts", "issues", "hours"):
        for field, total in vars(getattr(whole, name)).items():
            if not _equal(total, sum(getattr(getattr(one, name), field) for one in parts)):
                yield f"{name} of the team are those of its channels: {field}"
    cost = whole.cost
    amounts = (cost.people, cost.bot, cost.self_service, cost.licences, cost.partner)
    if not _equal(whole.cost_per_month, sum(amounts)) or any((amount < 0).any() for amount in amounts):
        yield "money is the sum of its parts, none of them below 0"
    if not _equal(whole.cost_per_contact * whole.demand, whole.cost_per_month):
        yield "cost per contact × contacts is the cost"


def _of_one(one: OutcomeDraws) -> Iterator[str]:
    contacts, issues, hours = one.contacts, one.issues, one.hours
    ends = contacts.answered + contacts.abandoned + contacts.contained + contacts.handed_over + contacts.waiting
    if not _equal(contacts.offered + contacts.waiting_before, ends):
        yield "contacts offered = answered + abandoned + contained + handed over + waiting"
    if not _equal(issues.exist, issues.resolved + issues.lost + issues.waiting):
        yield "issues that exist = resolved + lost + waiting"
    if (hours.worked > hours.rostered * (1 + _CLOSE) + _ROUND).any():
        yield "hours worked ≤ hours rostered"
    counted = [*vars(contacts).values(), *vars(issues).values(), *vars(hours).values(), one.demand]
    scale = 1 + np.abs(contacts.offered + contacts.waiting_before)
    if any((~np.isfinite(values) | (values < -_CLOSE * scale)).any() for values in counted):
        yield "nothing counted is below 0 or without a number"
    for name in ("service_level", "abandonment_rate", "occupancy"):
        share = getattr(one, name)
        if ((share < -_CLOSE) | (share > 1 + _CLOSE) | ~np.isfinite(share)).any():
            yield f"shares lie between 0 and 1: {name}"
    if (one.service_level + one.abandonment_rate > 1 + _ROUND).any():
        yield "nobody is served in time who gave up"


def _equal(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=_CLOSE, atol=_ROUND))


def broken(count: int, seed: int = 0) -> tuple[Counter[str], list[int]]:
    """How often each law is broken on random teams, as they are and with levers, and the numbers of those teams.

    Args:
        count: of teams.
        seed: the same one gives the same teams.
    """
    laws: Counter[str] = Counter()
    teams = []
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        team = random_team(rng)
        outcomes = simulate(team, [random_levers(rng, team)], draws=DRAWS, seed=seed).outcomes
        found = [law for outcome in outcomes for law in broken_laws(outcome)]
        laws.update(set(found))
        if found:
            teams.append(number)
    return laws, teams


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    started = time.process_time()
    laws, teams = broken(asked.count, asked.seed)
    taken = time.process_time() - started
    print(f"{asked.count:,} random teams, as they are and with levers, {DRAWS} draws each, in {taken:.0f} s")
    print(f"{len(teams)} of them break a law")
    for law, times in laws.most_common():
        print(f"  {times} × {law}")
    if teams:
        print(f"  the first: {teams[:5]}")
    return 1 if teams else 0


if __name__ == "__main__":
    sys.exit(main())
