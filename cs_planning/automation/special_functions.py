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
    logs: Floats = np.minimum(log_poisson_weight(agents, load) - np.log(special.gammaincc(agents + 1, load)), 0.0)
    return logs


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
        return _by_gamma(x, y, z)
    logs, leak, late = np.empty_like(y), np.empty_like(y), np.empty_like(y)
    if main.any():
        logs[main], leak[main], late[main] = _by_gamma(x[main], y[main], z[main])
    if series.any():
        logs[series], leak[series] = _growth_by_series(x[series], y[series])
    if far.any():
        logs[far], leak[far] = _growth_by_quadrature(x[far], y[far])
    rest = ~main
    a, b, d = x[rest], y[rest], decay[rest]
    shrink = -(a + 1) * d - b * np.expm1(-d)
    late[rest] = a / (a + 1) * np.exp(shrink + log_growth(a + 1, z[rest]) - logs[rest])
    return logs, leak, late


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
