"""Where contacts end, and how often the same issue comes back: shares of all contacts that ask for service.

Whoever gave up may try again, whoever was served may come back; what a bot or a page solved for good does not. The issues
behind the contacts are those of customers: a lever may change how often they ask, not how many issues they have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_planning.automation.channels.queue import Queue
from cs_planning.automation.levers.channel_draws import Contacts, Issues
from cs_planning.automation.levers.shift import Bill, Shift
from cs_planning.automation.special_functions import Floats
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.operation import Operation

MOST_COMING_BACK = 0.95
_CLOSE = 1e-8


@dataclass(frozen=True)
class Routes:
    """Which way contacts go and how many of each way come back, numbers or arrays of shape (n,).

    Attributes:
        own: share that wants one of the own people.
        partner: share that the partner answers.
        recontact: share of those whom people served that come back.
        partner_recontact: the same of the partner.
        redial: share of those who gave up that try again.
    """

    own: Floats
    partner: Floats
    recontact: Floats
    partner_recontact: Floats
    redial: float

    @classmethod
    def of(cls, channel: Channel, operation: Operation, shift: Shift, bill: Bill) -> Routes:
        """The ways of a channel's contacts under a shift."""
        reaching = np.asarray(shift.reaching_people, float)
        recontact = np.minimum(channel.recontact_after_service * np.asarray(shift.recontact, float), MOST_COMING_BACK)
        return cls(
            own=reaching * (1 - operation.outsourced_share),
            partner=reaching * operation.outsourced_share,
            recontact=recontact,
            partner_recontact=np.minimum(recontact + np.asarray(bill.outsourced_recontact, float), MOST_COMING_BACK),
            redial=min(channel.redial_after_abandonment, MOST_COMING_BACK),
        )

    def coming_back(self, abandoned: Floats, served: Floats) -> Floats:
        """Share of all contacts that lead to one more.

        Args:
            abandoned: share of those who want one of the own people that gives up.
            served: share of them that is served; the others wait in a backlog.
        """
        own = abandoned * self.redial + served * self.recontact
        return np.asarray(self.own * own + self.partner * self.partner_recontact)

    def ends(self, demand: Floats, before: float, queue: Queue) -> tuple[Contacts, Issues]:
        """Contacts and issues of a month.

        Args:
            demand: contacts a month, shape (n,).
            before: in the backlog when it begins.
            queue: at that demand.

        Assumptions: what waited before is done with the time that is left; its repeats come after the month.
        """
        nothing = 0 * demand
        served = 1 - queue.abandonment - queue.waiting
        wanting = demand * self.own
        cleared = np.minimum(wanting * queue.spare if before else nothing, before)
        left = wanting * queue.waiting + before - cleared
        contacts = Contacts(
            offered=demand,
            waiting_before=nothing + before,
            answered=wanting * served + cleared,
            abandoned=wanting * queue.abandonment,
            contained=demand * (1 - self.own - self.partner),
            handed_over=demand * self.partner,
            waiting=left,
        )
        issues = Issues(
            # Each issue makes 1 ÷ (1 − share coming back) contacts, so the contacts times that share's rest are the issues.
            exist=demand * (1 - self.coming_back(queue.abandonment, served)) + before,
            resolved=contacts.contained
            + wanting * served * (1 - self.recontact)
            + contacts.handed_over * (1 - self.partner_recontact)
            + cleared,
            lost=contacts.abandoned * (1 - self.redial),
            waiting=left,
        )
        return contacts, issues


def demand_of_issues(
    issues: Floats, routes: Routes, loads: Floats, lost: Floats, waiting: Floats, per_demand: Floats
) -> Floats:
    """The contacts behind `issues` where a queue's answer to its load is known at some loads, by bisection; shape (n,).

    Args:
        issues: shape (n,).
        routes: of the contacts.
        loads: rising, shape (k,).
        lost: share that gives up at each load.
        waiting: share that stays in the backlog at each load.
        per_demand: load of one contact, shape (n,).
    """
    returning = routes.own * np.maximum(routes.redial, routes.recontact) + routes.partner * routes.partner_recontact
    most = min(float(np.max(returning)), MOST_COMING_BACK)
    low, high = issues, issues / (1 - most)
    backlog = bool(waiting.any())
    for _ in range(int(np.ceil(np.log2(max(most / (1 - most) / _CLOSE, 1.0))))):
        middle = (low + high) / 2
        load = middle * per_demand
        gone = np.interp(load, loads, lost)
        served = 1 - gone - np.interp(load, loads, waiting) if backlog else 1 - gone
        enough = middle * (1 - routes.coming_back(gone, served)) >= issues
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray((low + high) / 2)
