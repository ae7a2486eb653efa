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


def log_poisson_weight(count: Floats, mean: Floats) -> Floats:
    """The logarithm of the Poisson probability of a real-valued `count`, after Loader (2000).

    Args:
        count: at least 0, any shape.
        mean: above 0, same shape.

    Assumptions: none; the direct form would lose about log10(count) digits.
    """
    deviation = np.empty_like(count)
    small = count < 10
    if small.any():
        n, m = count[small], mean[small]
        deviation[small] = n * np.log(m) - m - special.gammaln(n + 1)
    large = ~small
    if large.any():
        n, m = count[large], mean[large]
        offset = (m - n) / n
        stirling_error = _stirling_error(n)
        deviation[large] = -n * (offset - np.log1p(offset)) - stirling_error - 0.5 * np.log(2 * np.pi * n)
    return deviation


def _stirling_error(n: Floats) -> Floats:
    q = 1 / (n * n)
    return (1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * (1 / 1680 - q * (1 / 1188 - q * 691 / 360360))))) / n


def log_loss(agents: Floats, load: Floats) -> Floats:
    """The logarithm of the Erlang B loss probability for a real number of agents.

    Args:
        agents: at least 0, any shape.
        load: offered load in Erlang, above 0, same shape.

    Source: Jagerman (1974): 1/B = a ∫ e^{−at}(1+t)^N dt, equal to Q(N+1, a)/pmf(N; a).
    """
    result = np.empty_like(load)
    excess = load - agents
    far = (excess > 0) & (excess * excess > _FAR * np.maximum(agents, 1.0)) & (load > 30)
    near = ~far
    if far.any():
        n, gap = agents[far], excess[far]
        total = np.zeros_like(n)
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            step = node / gap
            total += weight * np.exp(n * _log1p_minus(step))
        result[far] = -np.log(load[far] / gap * total)
    if near.any():
        n, a = agents[near], load[near]
        result[near] = np.minimum(log_poisson_weight(n, a) - np.log(special.gammaincc(n + 1, a)), 0.0)
    return result


def log_growth(x: Floats, y: Floats) -> Floats:
    """The logarithm of A(x, y) = 1F1(1; x+1; y) = Σ_j y^j / ((x+1)…(x+j)), the waiting part of the Erlang A chain.

    Args:
        x: full service rate ÷ rate of losing patience, above 0, any shape.
        y: arrival rate ÷ rate of losing patience, at least 0, same shape.
    """
    return _growth(x, y, with_leak=False)[0]


def log_growth_and_leak(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """`log_growth`, and 1/A + y/x − 1 without the cancellation that its terms would suffer when hardly anyone gives up."""
    return _growth(x, y, with_leak=True)


def _growth(x: Floats, y: Floats, *, with_leak: bool) -> tuple[Floats, Floats]:
    logs = np.zeros_like(y)
    leak = np.zeros_like(y)
    gap = x - y
    far = (x >= 30) & (gap > 0) & (gap * gap > _FAR * y)
    series = ~far & (y < 0.5 * x)
    main = ~(far | series)
    if main.any():
        a, b = x[main], y[main]
        logs[main] = np.log(special.gammainc(a, b)) - log_poisson_weight(a, b)
        if with_leak:
            leak[main] = np.maximum(np.exp(-logs[main]) + (b - a) / a, 0.0)
    if series.any():
        logs[series], leak[series] = _growth_by_series(x[series], y[series])
    if far.any():
        logs[far], leak[far] = _growth_by_quadrature(x[far], y[far])
    return logs, leak


def _growth_by_series(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    term = np.ones_like(y)
    total = np.ones_like(y)
    weighted = np.zeros_like(y)
    for j in range(1, _SERIES_TERMS):
        term = term * (y / (x + j))
        total += term
        weighted += j * term
        if j % 8 == 0 and float(term.max()) < 1e-18:
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
