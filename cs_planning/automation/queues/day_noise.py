"""How much the service level of one day strays from its mean, although nothing changed: waits of neighbours are alike."""

from __future__ import annotations

import math

import numpy as np

from cs_planning.automation.special_functions import Floats

_FINITE_DAY = 1.25


def service_level_dispersion(
    arrivals_per_second: float,
    handle_time_seconds: float,
    agents: float,
    patience_seconds: float,
    answer_within_seconds: float,
) -> float:
    """The variance of a day's service level as a multiple of that of independent contacts (1 or more).

    Args:
        arrivals_per_second: λ.
        handle_time_seconds: above 0.
        agents: rounded to at least 1.
        patience_seconds: mean patience, above 0 and finite.
        answer_within_seconds: at least 0.

    Assumptions: a birth–death chain observed for long; times 1.25, since a day of 12 hours showed a fifth to a quarter more
    than the formula in simulation.
    Source: Whitt (1992), asymptotic variance of a birth–death process.
    """
    count = max(round(agents), 1)
    load = arrivals_per_second * handle_time_seconds
    if arrivals_per_second <= 0 or load <= 0:
        return 1.0
    rate_on = count / handle_time_seconds
    excess = max(arrivals_per_second - rate_on, 0.0) * patience_seconds
    # Far enough that less than e⁻³⁰ of the queue's normal tail is cut off: its mean under overload plus eight deviations.
    queue = int(excess + 8 * math.sqrt(arrivals_per_second * patience_seconds) + 30)
    states = np.arange(count + queue + 1)
    waiting = np.maximum(states - count, 0)
    leaving = np.minimum(states, count) / handle_time_seconds + waiting / patience_seconds
    logs = np.concatenate([[0.0], np.cumsum(np.log(arrivals_per_second / leaving[1:]))])
    probability = np.exp(logs - logs.max())
    probability /= probability.sum()
    in_time = _in_time_by_place(int(waiting[-1]), rate_on, patience_seconds, answer_within_seconds)
    reward = np.where(states < count, 1.0, in_time[waiting])
    level = float(probability @ reward)
    if not 1e-9 < level < 1 - 1e-9:
        return 1.0
    # Whitt's formula: the variance is the squared running surplus of reward below each state, over the flow across it.
    gathered = np.cumsum(probability * (reward - level))
    used = probability > 1e-14
    variance = 2 * float(np.sum(gathered[used] ** 2 / (arrivals_per_second * probability[used])))
    return max(_FINITE_DAY * variance * arrivals_per_second / (level * (1 - level)), 1.0)


def _in_time_by_place(places: int, rate_on: float, patience: float, within: float) -> Floats:
    """P(served within the time) for somebody who finds `j` waiting, shape (places + 1,), the wait taken as normal."""
    ahead = np.arange(places + 1)
    rates = rate_on + ahead / patience
    mean, variance = np.cumsum(1 / rates), np.cumsum(1 / rates**2)
    stays = np.cumprod(1 - (1 / patience) / (rates + 1 / patience))
    distance = (within - mean) / np.sqrt(variance)
    soon = 0.5 * np.array([math.erfc(-d / math.sqrt(2)) for d in distance])
    return np.asarray(stays * soon)


def noise_of_service_level(level: Floats, dispersion: float, contacts: Floats) -> Floats:
    """The standard deviation of the service level counted over `contacts`, same shape as `level`."""
    return np.asarray(np.sqrt(dispersion * np.clip(level * (1 - level), 0, None) / np.maximum(contacts, 1.0)))
