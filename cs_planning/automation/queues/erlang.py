"""Queues of one group of agents: Erlang B, C and A with a real number of agents, on whole arrays at once.

Erlang A is the default everywhere: callers lose patience, so it has no hole at full load.  Erlang C stands beside it for
comparison only.  Units: seconds, contacts per second, agents present on the queue (heads, not contracts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cs_planning.automation.special_functions import Floats, growth_leak_and_late, log_growth, log_loss
from cs_planning.errors import InvalidOperation, Problem
from cs_planning.language import text

ENDLESS = 1e13
"""Patience so long, in events of the queue, that nobody ever gives up."""
NOBODY = 1e-9
"""Fewer agents than this are none."""
_LEAST = 1e-200


@dataclass(frozen=True)
class ErlangResult:
    """What a queue in steady state does; floats for scalar input, arrays of the broadcast shape otherwise.

    Attributes:
        service_level: served within the time ÷ all offered (those who gave up count against it).
        abandonment_rate: gave up ÷ offered.
        mean_wait_seconds: wait of everybody, those who gave up included.
        mean_wait_answered_seconds: wait of those who were served (the ASA of reports).
        probability_of_waiting: share that finds every agent busy.
        occupancy: busy share of the agents' time.
        queue_length: mean number waiting.
        overloaded: offered load at or above the agents (in Erlang C: no steady state, the wait is infinite).
    """

    service_level: float | Floats
    abandonment_rate: float | Floats
    mean_wait_seconds: float | Floats
    mean_wait_answered_seconds: float | Floats
    probability_of_waiting: float | Floats
    occupancy: float | Floats
    queue_length: float | Floats
    overloaded: bool | np.ndarray


@dataclass(frozen=True)
class WaitingPart:
    """A queue seen from its full state; what Erlang A and the chat chain have in common.

    Attributes:
        log_full: logarithm of the chance of "all slots taken" if the queue had no waiting room.
        arrivals_per_second: λ.
        full_rate: completions a second when every slot is taken.
        patience_seconds: mean patience.
    """

    log_full: Floats
    arrivals_per_second: Floats
    full_rate: Floats
    patience_seconds: Floats

    def solve(self, within: Floats) -> tuple[Floats, Floats, Floats]:
        """Probability of waiting, abandonment rate and service level within `within` seconds.

        Source: Garnett, Mandelbaum & Reiman (2002); service level in closed form from the offered wait of
        Zeltyn & Mandelbaum (2005).
        """
        x = self.full_rate * self.patience_seconds
        y = np.maximum(self.arrivals_per_second * self.patience_seconds, _LEAST)
        log_a, leak, late = growth_leak_and_late(x, y, within / self.patience_seconds)
        waiting = self._waiting(log_a)
        abandoned = np.minimum(waiting * leak * x / y, 1.0)
        return waiting, abandoned, np.clip(1 - abandoned - waiting * late, 0.0, 1.0)

    def still_waiting(self, seconds: Floats) -> Floats:
        """P(an arrival is still in the queue after `seconds`)."""
        x = self.full_rate * self.patience_seconds
        y = self.arrivals_per_second * self.patience_seconds
        log_a = log_growth(x, y)
        decay = seconds / self.patience_seconds
        # The offered wait's density is exp(−x·t + y(1 − e^−t)): what is left of it after t is its own start, shrunk,
        # times A with fewer arrivals that are still patient.
        shrink = -x * decay - y * np.expm1(-decay) - decay
        return self._waiting(log_a) * np.exp(shrink + log_growth(x, y * np.exp(-decay)) - log_a)

    def mean_wait_answered(self, waiting: Floats, abandoned: Floats) -> Floats:
        """Mean wait of the served, from the slope of ln A in its first argument (central difference, extrapolated once)."""
        k = self.full_rate * self.patience_seconds + 1
        y = self.arrivals_per_second * self.patience_seconds
        # ln A bends on the scale of √k, the spread of the number in service; far smaller steps lose digits, larger ones bias.
        step = 0.02 * np.sqrt(k)
        coarse = (log_growth(k + step, y) - log_growth(k - step, y)) / (2 * step)
        fine = (log_growth(k + step / 2, y) - log_growth(k - step / 2, y)) / step
        slope = (4 * fine - coarse) / 3
        served_after_wait = np.maximum(waiting - abandoned, 0.0)
        return np.maximum(_divide(served_after_wait, 1 - abandoned) * self.patience_seconds * (1 / k - slope), 0.0)

    def _waiting(self, log_a: Floats) -> Floats:
        full = np.exp(self.log_full)
        with np.errstate(divide="ignore"):
            # In logarithms: with hundreds of agents the chance of a full house underflows, while its odds times A do not.
            return 1 / (1 + np.exp(np.minimum(np.log1p(-full) - self.log_full - log_a, 700.0)))


def log_erlang_b(agents: ArrayLike, load: ArrayLike) -> float | Floats:
    """The logarithm of `erlang_b`, finite where the probability itself is too small for a float."""
    n, a = checked_arrays(agents=agents, load=load)
    result = np.where(n == 0, 0.0, -np.inf)
    used = (a > 0) & (n > 0)
    result[used] = log_loss(n[used], a[used])
    return shaped(result)


def log_erlang_c(agents: ArrayLike, load: ArrayLike) -> float | Floats:
    """The logarithm of the probability of waiting when nobody gives up; 0 (certain) at or above full load."""
    n, a = checked_arrays(agents=agents, load=load)
    log_b = np.asarray(log_erlang_b(n, a))
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(n) + log_b - np.log((n - a) + a * np.exp(log_b))
    return shaped(np.where(a >= n, np.where(a > 0, 0.0, -np.inf), logs))


def erlang_c(
    arrivals_per_second: ArrayLike, handle_time_seconds: ArrayLike, agents: ArrayLike, answer_within_seconds: ArrayLike
) -> ErlangResult:
    """A queue that nobody ever leaves (M/M/N); for comparison only.

    Args:
        arrivals_per_second: λ, at least 0.
        handle_time_seconds: mean handle time, above 0.
        agents: at least 0, real-valued.
        answer_within_seconds: at least 0.

    Assumptions: exponential handle times, endless patience, steady state.
    Not valid when: load ≥ agents; the result is then flagged: wait infinite, service level 0, occupancy 1.
    Source: Erlang (1917).
    """
    lam, aht, n, within = checked_arrays(
        arrivals_per_second=arrivals_per_second,
        handle_time_seconds=handle_time_seconds,
        agents=agents,
        answer_within_seconds=answer_within_seconds,
    )
    load = lam * aht
    over = (load >= n) & (lam > 0)
    waiting = np.exp(np.asarray(log_erlang_c(n, load)))
    # At or above full load there is no steady state; the wait is set below, and no warning is raised on the way.
    spare = np.where(over, 1.0, np.maximum(n - load, 1e-300))
    wait = np.where(over, np.inf, np.where(lam > 0, waiting * aht / spare, 0.0))
    level = np.where(over, 0.0, 1 - waiting * np.exp(-np.maximum(spare * within / aht, 0.0)))
    return _result(
        service_level=level,
        abandonment_rate=np.zeros_like(lam),
        mean_wait_seconds=wait,
        mean_wait_answered_seconds=wait,
        probability_of_waiting=np.where(lam > 0, waiting, 0.0),
        occupancy=np.where(over, 1.0, _divide(load, n)),
        queue_length=np.where(lam > 0, lam * wait, 0.0),
        overloaded=over,
    )


def erlang_a(
    arrivals_per_second: ArrayLike,
    handle_time_seconds: ArrayLike,
    agents: ArrayLike,
    patience_seconds: ArrayLike,
    answer_within_seconds: ArrayLike,
    *,
    answered_wait: bool = True,
) -> ErlangResult:
    """A queue whose callers lose patience (M/M/N+M), exact and in steady state at every load.

    Args:
        arrivals_per_second: λ, at least 0.
        handle_time_seconds: mean handle time, above 0.
        agents: at least 0, real-valued.
        patience_seconds: mean patience, at least 0; infinite gives Erlang C, and above full load its fluid limit.
        answer_within_seconds: at least 0.
        answered_wait: whether to work out `mean_wait_answered_seconds` too, which costs more than the rest (else 0).

    Raises:
        InvalidOperation: an argument is negative, not a number, or a handle time is 0.

    Assumptions: Poisson arrivals, exponential handle times and patience, one group, first come first served.
    Not valid when: a system hangs up at a fixed time (patience is then far from exponential), or load changes faster than
    a handle time (see `within_day`).
    Source: Palm (1946); Garnett, Mandelbaum & Reiman (2002); Zeltyn & Mandelbaum (2005).
    """
    lam, aht, n, patience, within = checked_arrays(
        arrivals_per_second=arrivals_per_second,
        handle_time_seconds=handle_time_seconds,
        agents=agents,
        patience_seconds=patience_seconds,
        answer_within_seconds=answer_within_seconds,
    )
    load = lam * aht
    waiting, abandoned, answered = np.zeros_like(lam), np.zeros_like(lam), np.zeros_like(lam)
    level = np.ones_like(lam)
    # Patience is long or short against the events of the queue, not against the clock.
    pace = np.maximum(n / aht, lam)
    endless = patience * pace > ENDLESS
    none = (n < NOBODY) & (lam > 0)
    hasty = (patience * pace < 1e-9) & (lam > 0) & ~none
    usual = (lam > 0) & ~none & ~hasty & ~endless
    if usual.all() and lam.ndim:
        part = WaitingPart(log_loss(n, load), lam, n / aht, patience)
        waiting, abandoned, level = part.solve(within)
        if answered_wait:
            answered = part.mean_wait_answered(waiting, abandoned)
    elif usual.any():
        part = WaitingPart(log_loss(n[usual], load[usual]), lam[usual], (n / aht)[usual], patience[usual])
        waiting[usual], abandoned[usual], level[usual] = part.solve(within[usual])
        if answered_wait:
            answered[usual] = part.mean_wait_answered(waiting[usual], abandoned[usual])
    # Little's law for those who give up: they leave at rate (number waiting) ÷ patience, so wait = abandonment × patience.
    wait = np.where(patience < np.inf, abandoned * np.where(patience < np.inf, patience, 0.0), 0.0)
    if hasty.any():
        waiting[hasty] = np.exp(log_loss(n[hasty], load[hasty]))
        abandoned[hasty], level[hasty] = waiting[hasty], 1 - waiting[hasty]
    still = endless & (lam > 0) & ~none
    if still.any():
        plain = erlang_c(lam[still], aht[still], n[still], within[still])
        over = np.asarray(plain.overloaded)
        waiting[still], level[still] = plain.probability_of_waiting, plain.service_level
        # Nearly endless patience above full load: exactly the surplus gives up, after ln(load ÷ agents) patiences (fluid
        # limit); at the edge itself the square-root law of critical load holds.
        abandoned[still] = np.where(over, 1 - (n / load)[still], 0.0)
        finite = np.isfinite(patience[still])
        calm = np.where(finite, patience[still], 0.0)
        fluid = calm * np.log(np.maximum((load / n)[still], 1.0))
        critical = np.sqrt(2 / np.pi * calm * aht[still] / np.maximum(load[still], _LEAST))
        limit = np.where(finite & over, np.maximum(fluid, critical), np.inf)
        wait[still] = np.where(over, limit, plain.mean_wait_seconds)
        answered[still] = wait[still]
    if none.any():
        waiting[none], abandoned[none], level[none] = 1.0, 1.0, 0.0
        wait[none] = patience[none]
    return _result(
        service_level=level,
        abandonment_rate=abandoned,
        mean_wait_seconds=wait,
        mean_wait_answered_seconds=answered,
        probability_of_waiting=waiting,
        occupancy=np.where(none, 1.0, np.minimum(load / np.maximum(n, NOBODY) * (1 - abandoned), 1.0)),
        queue_length=np.where(lam > 0, lam * wait, 0.0),
        overloaded=(load >= n) & (lam > 0),
    )


def checked_arrays(**arguments: ArrayLike) -> list[Floats]:
    """The arguments as arrays of one shape.

    Raises:
        InvalidOperation: one is negative, not a number or (except patience) infinite, or a handle time is not above 0.
    """
    arrays = {name: np.asarray(value, float) for name, value in arguments.items()}
    problems = []
    for name, values in arrays.items():
        positive = name == "handle_time_seconds"
        wrong = ~(values > 0) if positive else ~(values >= 0)
        if name != "patience_seconds":
            wrong |= ~np.isfinite(values)
        if wrong.any():
            found = float(values[wrong].ravel()[0]) if values.ndim else float(values)
            problems.append(
                Problem(
                    field=name,
                    message=text("{field} is {found}.", field=name, found=str(found)),
                    remedy=text("It must be above 0.") if positive else text("It must be 0 or more, and finite."),
                    value=str(found),
                )
            )
    if problems:
        raise InvalidOperation(
            text("The queue can't be computed: {problem}", problem=problems[0].message), problems[0].remedy, problems
        )
    return [np.array(array) for array in np.broadcast_arrays(*arrays.values())]


def _divide(above: Floats, below: Floats) -> Floats:
    quotient: Floats = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return quotient


def shaped(values: Floats) -> float | Floats:
    """A float for an array without dimensions."""
    return float(values) if values.ndim == 0 else values


def _result(**fields: np.ndarray) -> ErlangResult:
    over = fields.pop("overloaded")
    plain = {name: shaped(np.asarray(values, float)) for name, values in fields.items()}
    return ErlangResult(**plain, overloaded=bool(over) if over.ndim == 0 else over)
