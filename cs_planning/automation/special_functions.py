"""The three functions that every queueing formula here is made of, exact over the whole range that a team can have.

Each has a direct form that is fast and a second one for where the direct form loses digits or overflows.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.polynomial.laguerre import laggauss
from numpy.typing import NDArray
from scipy import special

Floats: TypeAlias = NDArray[np.float64]

_NODES, _WEIGHTS = laggauss(20)
_SERIES_TERMS = 90
_FAR = 400.0
_MANY, _FAR_OF_MANY = 1e5, 16.0
"""From so many events on SciPy's incomplete gamma function stops its series too early beyond about 4.5 standard deviations."""
_MANY_AT_ONCE = 512
"""From so many values on, a recurrence over whole arrays is quicker than an incomplete gamma function for each."""
_LEAST_LOAD, _MOST_AGENTS, _STEPS_BELOW, _LEVELS = 10.0, 80.0, 8, 4
_MOST_STEPS = 96.0
_HALF_LOG_TWO_PI = 0.5 * float(np.log(2 * np.pi))


def log_poisson_weight(count: Floats, mean: Floats) -> Floats:
    """The logarithm of the Poisson probability of a real-valued `count`, after Loader (2000).

    Args:
        count: at least 0, any shape.
        mean: above 0, same shape.

    Assumptions: none; the direct form would lose about log10(count) digits.
    """
    small = count < 10
    if not small.any():
        return _log_weight_of_many(count, mean)
    weight = np.empty_like(count)
    n, m = count[small], mean[small]
    weight[small] = n * np.log(m) - m - special.gammaln(n + 1)
    large = ~small
    if large.any():
        weight[large] = _log_weight_of_many(count[large], mean[large])
    return weight


def _log_weight_of_many(n: Floats, m: Floats) -> Floats:
    offset = (m - n) / n
    weight: Floats = n * (np.log1p(offset) - offset)
    weight -= _stirling_error(n)
    weight -= 0.5 * np.log(n) + _HALF_LOG_TWO_PI
    return weight


def _stirling_error(n: Floats) -> Floats:
    r = 1 / n
    q = r * r
    return r * (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * (1 / 1680 - q * (1 / 1188 - q * (691 / 360360))))))


def log_loss(agents: Floats, load: Floats) -> Floats:
    """The logarithm of the Erlang B loss probability for a real number of agents.

    Args:
        agents: at least 0, any shape.
        load: offered load in Erlang, above 0, same shape.

    Source: Jagerman (1974): 1/B = a ∫ e^{−at}(1+t)^N dt, equal to Q(N+1, a)/pmf(N; a).
    """
    excess = load - agents
    far = (excess > 0) & (excess * excess > _FAR * np.maximum(agents, 1.0)) & (load > 30)
    if not far.any():
        return _log_loss_near(agents, load)
    result = np.empty_like(load)
    near = ~far
    if far.any():
        n, gap = agents[far], excess[far]
        total = np.zeros_like(n)
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            step = node / gap
            total += weight * np.exp(n * _log1p_minus(step))
        result[far] = -np.log(load[far] / gap * total)
    if near.any():
        result[near] = _log_loss_near(agents[near], load[near])
    return result


def _log_loss_near(agents: Floats, load: Floats) -> Floats:
    if load.size < _MANY_AT_ONCE:
        return _log_loss_by_gamma(agents, load)
    short = (load >= _LEAST_LOAD) & (agents <= _MOST_AGENTS)
    steps = int(np.ceil(agents.max(initial=0.0, where=short))) + _STEPS_BELOW
    short &= steps - agents <= 2 * load
    if short.all():
        return _log_loss_by_steps(agents, load, steps)
    logs = np.empty_like(load)
    if short.any():
        logs[short] = _log_loss_by_steps(agents[short], load[short], steps)
    long = ~short
    logs[long] = _log_loss_by_gamma(agents[long], load[long])
    return logs


def _log_loss_by_gamma(agents: Floats, load: Floats) -> Floats:
    logs: Floats = np.minimum(log_poisson_weight(agents, load) - np.log(special.gammaincc(agents + 1, load)), 0.0)
    return logs


def _log_loss_by_steps(agents: Floats, load: Floats, steps: int) -> Floats:
    """The same by 1/B(N) = 1 + N/a · 1/B(N − 1), up from below 0 agents, where a continued fraction begins.

    Args:
        agents: shape (n,).
        load: at least 10, and at least half as large as the agents below 0 that it begins with.
        steps: 8 or more than the most agents.

    Assumptions: what the beginning leaves out shrinks with each step on which there are fewer agents than load; by then it
    is below the last digit.
    """
    below = steps - agents
    value = load + below + _LEVELS
    for level in range(_LEVELS - 1, 0, -1):
        value = load + (below + level) / (1 + (level + 1) / value)
    value = load / (load + below / (1 + 1 / value))
    one = 1 / load
    factor = -below * one
    for _ in range(steps):
        factor += one
        value *= factor
        value += 1
    return np.minimum(-np.log(value), 0.0)


def growth_leak_and_late(x: Floats, y: Floats, decay: Floats) -> tuple[Floats, Floats, Floats]:
    """Three things of the waiting part at once.

    Args:
        x, y: as for `log_growth`; y above 0.
        decay: a time as a multiple of mean patience, same shape.

    Returns:
        ln A; 1/A + y/x − 1 without the cancellation that its terms would suffer when hardly anyone gives up; and the chance
        that somebody who has to wait is served, but only after `decay`.

    Source: Zeltyn & Mandelbaum (2005): the last is x/y · P(x+1, y e^{−decay}) / P(x, y).
    """
    far, series = _regions(x, y)
    main = ~(far | series)
    z = y * np.exp(-decay)
    if main.all():
        return _near_full(x, y, z, decay)
    logs, leak, late = np.empty_like(y), np.empty_like(y), np.empty_like(y)
    if main.any():
        logs[main], leak[main], late[main] = _near_full(x[main], y[main], z[main], decay[main])
    if series.any():
        logs[series], leak[series] = _growth_by_series(x[series], y[series])
    if far.any():
        logs[far], leak[far] = _growth_by_quadrature(x[far], y[far])
    rest = ~main
    late[rest] = _late(x[rest], y[rest], decay[rest], log_growth(x[rest] + 1, z[rest]) - logs[rest])
    return logs, leak, late


def _late(x: Floats, y: Floats, decay: Floats, difference: Floats) -> Floats:
    shrink = -(x + 1) * decay - y * np.expm1(-decay)
    late: Floats = x / (x + 1) * np.exp(shrink + difference)
    return late


def _near_full(x: Floats, y: Floats, z: Floats, decay: Floats) -> tuple[Floats, Floats, Floats]:
    """The three near full load, from a recurrence where it is short and there are many values."""
    if y.size < _MANY_AT_ONCE:
        return _by_gamma(x, y, z)
    larger = np.maximum(x, y)
    needed = larger - x + 8.6 * np.sqrt(larger) + 12.3
    short = needed <= _MOST_STEPS
    if not short.any():
        return _by_gamma(x, y, z)
    steps = int(np.ceil(needed.max(initial=0.0, where=short)))
    if short.all():
        return _by_steps(x, y, z, decay, steps)
    found = np.empty((3, y.size))
    found[:, short] = _by_steps(x[short], y[short], z[short], decay[short], steps)
    long = ~short
    found[:, long] = _by_gamma(x[long], y[long], z[long])
    return found[0], found[1], found[2]


def _by_steps(x: Floats, y: Floats, z: Floats, decay: Floats, steps: int) -> tuple[Floats, Floats, Floats]:
    growth = _growth_by_steps(x, y, steps)
    leak = np.maximum(1 / growth + (y - x) / x, 0.0)
    logs = np.log(growth)
    return logs, leak, _late(x, y, decay, np.log(_growth_by_steps(x + 1, z, steps)) - logs)


def _growth_by_steps(x: Floats, y: Floats, steps: int) -> Floats:
    """A(x, y) = 1 + y/(x+1) · A(x+1, y), down from so many steps above that what lies beyond is below the last digit."""
    place = x + (steps + 1)
    value = 1 / (1 - np.minimum(y / place, 0.5))
    for _ in range(steps):
        place -= 1
        value *= y
        value /= place
        value += 1
    return value


def _regions(x: Floats, y: Floats) -> tuple[np.ndarray, np.ndarray]:
    far = (x >= 30) & _beyond(x, y)
    return far, ~far & (y < 0.5 * x)


def _by_gamma(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
    below = special.gammainc(x, y)
    logs = np.log(below) - log_poisson_weight(x, y)
    leak = np.maximum(np.exp(-logs) + (y - x) / x, 0.0)
    late = x / y * special.gammainc(x + 1, z) / below
    distant = (z > _MANY) & _beyond(x + 1, z)
    if distant.any():
        a, b, c = x[distant], y[distant], z[distant]
        shrink = (a + 1) * np.log(c / b) + b - c
        late[distant] = a / (a + 1) * np.exp(shrink + log_growth(a + 1, c) - logs[distant])
    return logs, leak, late


def _beyond(x: Floats, y: Floats) -> np.ndarray:
    """Whether y is so far below x that the incomplete gamma function would lose digits."""
    gap = x - y
    return (gap > 0) & (gap * gap > np.where(y > _MANY, _FAR_OF_MANY, _FAR) * y)


def log_growth(x: Floats, y: Floats) -> Floats:
    """The logarithm of A(x, y) = 1F1(1; x+1; y) = Σ_j y^j / ((x+1)…(x+j)), the waiting part of the Erlang A chain.

    Args:
        x: full service rate ÷ rate of losing patience, above 0, any shape.
        y: arrival rate ÷ rate of losing patience, at least 0, same shape.
    """
    logs = np.zeros_like(y)
    far, series = _regions(x, y)
    main = ~(far | series)
    if main.any():
        logs[main] = np.log(special.gammainc(x[main], y[main])) - log_poisson_weight(x[main], y[main])
    if series.any():
        logs[series] = _growth_by_series(x[series], y[series])[0]
    if far.any():
        logs[far] = _growth_by_quadrature(x[far], y[far])[0]
    return logs


def _growth_by_series(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    term = np.ones_like(y)
    total = np.ones_like(y)
    weighted = np.zeros_like(y)
    for j in range(1, _SERIES_TERMS):
        term = term * (y / (x + j))
        total += term
        weighted += j * term
        if j % 4 == 0 and float(term.max()) < 1e-17:
            break
    return np.log(total), weighted / (x * total)


def _growth_by_quadrature(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    gap = x - y
    missing = np.zeros_like(y)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        missing -= weight * np.expm1(y * _exp_minus(node / gap))
    return np.log(x / gap) + np.log1p(-missing), gap / x * missing / (1 - missing)


def _exp_minus(u: Floats) -> Floats:
    """1 − e^{−u} − u, which is about −u²/2."""
    polynomial = -u * u / 2 * (1 - u / 3 * (1 - u / 4 * (1 - u / 5 * (1 - u / 6 * (1 - u / 7 * (1 - u / 8))))))
    return np.where(u < 0.05, polynomial, -np.expm1(-u) - u)


def _log1p_minus(u: Floats) -> Floats:
    """ln(1+u) − u, which is about −u²/2."""
    polynomial = -u * u * (1 / 2 - u * (1 / 3 - u * (1 / 4 - u * (1 / 5 - u * (1 / 6 - u * (1 / 7 - u / 8))))))
    return np.where(u < 0.01, polynomial, np.log1p(u) - u)
