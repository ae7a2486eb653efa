"""Queues by simulation, days whose load changes, and backlogs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from benchmarks import discrete_events as des
from benchmarks.formulas.backlog import mean_response, periodic_curves, response_percentile
from benchmarks.formulas.queues import lagged_arrivals
from benchmarks.vectors.row import Params, UnknownOutput, Value, of, rate_of
from cs_planning.automation.queues.erlang import erlang_a
from cs_planning.automation.queues.within_day import effective_arrivals
from cs_planning.automation.team.backlog import run_curves, weekly_capacity
from cs_planning.automation.team.work_hours import same_hours

_DAY_PROFILE = "scale*(0.1+0.9*(exp(-((h-2.5)/1.2)^2)+0.75*exp(-((h-7.5)/1.8)^2)))"


def sampler(written: str, mean: float) -> des.Sampler:
    """A distribution by its short name: exp, det, ln(cv1.2), lognormal(cv2), and "5% balk" in front of or behind one."""
    words = written.lower().replace(" ", "")
    spread = re.search(r"cv=?([\d.]+)", words)
    base = des.exponential(mean)
    if "det" in words or "fixed" in words or "const" in words:
        base = des.fixed(mean)
    elif spread:
        base = des.lognormal(mean, float(spread[1]))
    elif "exp" not in words and "balk" not in words and words:
        raise UnknownOutput(written)
    balk = re.search(r"([\d.]+)%", words) if "balk" in words else None
    return des.balking(float(balk[1]) / 100, base) if balk else base


@lru_cache(maxsize=16)
def stationary(written: str) -> des.Counted:
    p = json.loads(written)
    return des.stationary(
        rate_of(p), int(p["N"]), sampler(p.get("service", "exp"), p["aht"]), sampler(p.get("patience", "exp"), p["pat"]), p["T"]
    )


def model_mgng_des(p: Params, output: str) -> Value:
    counted = stationary(json.dumps(p, sort_keys=True))
    return of(
        output,
        sl_offered=counted.service_level,
        sl=counted.service_level,
        service_level=counted.service_level,
        pab=counted.abandonment_rate,
        abandonment_rate=counted.abandonment_rate,
        ew=counted.mean_wait_seconds,
        mean_wait_s=counted.mean_wait_seconds,
        lq=lambda: counted.mean_wait_seconds * rate_of(p),
        occ=lambda: rate_of(p) * p["aht"] * (1 - counted.abandonment_rate) / p["N"],
    )


def day_rate(p: Params) -> Callable[[np.ndarray], np.ndarray]:
    """Arrivals a second at seconds of the day, from numbers by interval or a formula in `h` hours and `scale`."""
    given = p.get("lam_per_s", "as above")
    if isinstance(given, list):
        rates = np.array(given, float)
        return lambda s: rates[np.minimum(s / p["interval_s"], len(rates) - 1).astype(int)]
    formula = given.split(",")[0] if "exp" in given else _DAY_PROFILE
    tree = ast.parse(formula.replace("^", "**"), mode="eval").body
    return lambda s: evaluated(tree, {"h": s / 3600, "scale": np.asarray(p.get("scale", 1.0))})


FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "exp": np.exp,
    "sin": np.sin,
    "cos": np.cos,
    "log": np.log,
    "sqrt": np.sqrt,
}


def evaluated(node: ast.expr, names: dict[str, np.ndarray]) -> np.ndarray:
    """A formula of numbers, names, + − × ÷, powers and a few functions."""
    operations: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
        ast.Add: np.add,
        ast.Sub: np.subtract,
        ast.Mult: np.multiply,
        ast.Div: np.divide,
        ast.Pow: np.power,
    }
    match node:
        case ast.Constant(value=float() | int() as value):
            return np.asarray(float(value))
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -evaluated(operand, names)
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in operations:
            return np.asarray(operations[type(operation)](evaluated(left, names), evaluated(right, names)))
        case ast.Call(func=ast.Name(id=name), args=[argument]) if name in FUNCTIONS:
            return np.asarray(FUNCTIONS[name](evaluated(argument, names)))
    raise UnknownOutput(ast.unparse(node))


@lru_cache(maxsize=8)
def simulated_days(written: str) -> des.Counted:
    p = json.loads(written)
    return des.day(
        day_rate(p), p["N"], p["interval_s"], des.exponential(p["aht"]), des.exponential(p["pat"]), p["T"], days=4096
    )


def day_level(p: Params, method: str) -> float:
    """The service level of a day by stationary intervals (sipp), lagged ones (lag) or modified offered load (mol)."""
    agents, seconds, pieces = np.array(p["N"], float), float(p["interval_s"]), 60
    step = seconds / pieces
    fine = day_rate(p)((np.arange(len(agents) * pieces) + 0.5) * step)
    rates = fine.reshape(-1, pieces).mean(axis=1)
    if method == "mol":
        used = effective_arrivals(fine, np.asarray(p["aht"]), step).reshape(-1, pieces).mean(axis=1)
    elif method == "lag":
        used = lagged_arrivals(fine, p["aht"], step).reshape(-1, pieces).mean(axis=1)
    else:
        used = rates
    level = np.asarray(erlang_a(used, p["aht"], agents, p["pat"], p["T"]).service_level)
    return float((level * rates).sum() / rates.sum())


def model_day(p: Params, output: str) -> Value:
    for method in ("mol", "lag", "sipp"):
        if method in output:
            return day_level(p, method)
    counted = simulated_days(json.dumps({k: v for k, v in p.items() if k != "discipline"}, sort_keys=True))
    return of(
        output,
        day_sl_des=lambda: counted.service_level,
        day_pab_des=lambda: counted.abandonment_rate,
        day_ew_des=lambda: counted.mean_wait_seconds,
    )


def model_backlog(p: Params, output: str) -> Value:
    output = {"median_response_h": "p50_response_h"}.get(output, output)
    step = 1 / 60
    if p.get("open_hours_only"):
        count = round(p["hours"] / step)
        arrivals, capacity = np.full(count, p["arrivals_per_h"] * step), np.full(count, p["capacity_per_h"] * step)
        laps = int(np.ceil(p["arrivals_per_h"] / p["capacity_per_h"])) + 1
        curves = run_curves(np.concatenate([arrivals] + [0 * arrivals] * laps), np.tile(capacity, laps + 1), step)
    else:
        opens, closes = (float(hour) for hour in re.findall(r"\d+(?:\.\d+)?", p["open"])[:2])
        weekdays = range(5) if re.search(r"mon|weekday", p["open"].lower()) else range(7)
        week = same_hours(opens, (closes - opens) % 24 or 24.0, weekdays)
        capacity = weekly_capacity(p["capacity_per_h"], week, step)
        count = len(capacity)
        arrivals = np.full(count, p["arrivals_per_h"] * step)
        if arrivals.sum() > capacity.sum() * (1 + 1e-9):
            days = p.get("days", 7)
            curves = run_curves(np.tile(arrivals, days), np.tile(capacity, days), step)
        else:
            curves = periodic_curves(arrivals, capacity, step)
    percentile = re.fullmatch(r"p(\d+)_response_h", output)
    if percentile:
        return response_percentile(curves, float(percentile[1]) / 100, count)
    return of(
        output,
        utilisation=lambda: float(arrivals.sum() / capacity.sum()),
        utilization=lambda: float(arrivals.sum() / capacity.sum()),
        mean_response_h=lambda: mean_response(curves, count),
        max_response_h=lambda: response_percentile(curves, 1.0, count),
        backlog_end=lambda: float(curves.backlog[count]),
        max_backlog=lambda: float(curves.backlog[: count + 1].max()),
    )
