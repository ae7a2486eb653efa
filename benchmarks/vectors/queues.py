"""Erlang B, C and A, staffing, and chats."""

from __future__ import annotations

import math
import re

from benchmarks.formulas.money import scheduled_agents
from benchmarks.formulas.queues import agents_needed, erlang_b, wait_percentile, waiting_longer_than
from benchmarks.vectors.row import Params, Value, of, rate_of
from cs_planning.automation.queues.chat import chat_queue
from cs_planning.automation.queues.erlang import ErlangResult, erlang_a, erlang_c, log_erlang_b, log_erlang_c

_SAME = {
    "service_level": "sl_offered",
    "sl_all": "sl_offered",
    "abandonment_rate": "pab",
    "p_abandon": "pab",
    "p_ab": "pab",
    "pab_given_w": "pab_given_wait",
    "p_ab_given_wait": "pab_given_wait",
    "p_wait": "pw",
    "prob_wait": "pw",
    "probability_of_waiting": "pw",
    "mean_wait": "ew",
    "mean_wait_s": "ew",
    "mean_wait_seconds": "ew",
    "wq": "ew",
    "occupancy": "occ",
    "rho": "occ",
    "queue_length": "lq",
    "mean_queue_length": "lq",
    "asa_answered": "asa_served",
    "ew_served": "asa_served",
    "median_wait": "p50_wait",
    "overloaded": "flag",
    "unstable": "flag",
}
"""Other names of the same quantity."""


def patience_of(p: Params) -> float:
    """Mean patience; without end where the row names none."""
    patience = p.get("pat", p.get("patience"))
    return math.inf if patience is None else float(patience)


def queue_value(p: Params, output: str, queue: ErlangResult, patience: float) -> Value:
    output = _SAME.get(output.lower(), output)
    lam, aht, agents, within = rate_of(p), float(p["aht"]), float(p["N"]), float(p.get("T", 0.0))
    level, abandoned, waiting = (
        float(queue.service_level),
        float(queue.abandonment_rate),
        float(queue.probability_of_waiting),
    )
    match = re.fullmatch(r"p(\d+(?:\.\d+)?)_?wait(?:_s|_seconds)?", output)
    if match:
        return float(wait_percentile(float(match[1]) / 100, lam, aht, agents, patience))

    def later() -> float:
        return float(waiting_longer_than(within, lam, aht, agents, patience))

    return of(
        output,
        pw=waiting,
        log_pw=lambda: float(log_erlang_c(agents, lam * aht)) if math.isinf(patience) else math.log(waiting),
        pab=abandoned,
        log_pab=lambda: math.log(abandoned),
        pab_given_wait=lambda: abandoned / waiting,
        ew=queue.mean_wait_seconds,
        asa=queue.mean_wait_seconds if math.isinf(patience) else queue.mean_wait_answered_seconds,
        asa_served=queue.mean_wait_answered_seconds,
        ew_given_wait=lambda: float(queue.mean_wait_seconds) / waiting,
        occ=queue.occupancy,
        lq=queue.queue_length,
        ls=lambda: float(queue.queue_length) + float(queue.occupancy) * agents,
        sl=level,
        sl_offered=level,
        sl_answered=lambda: level / (1 - abandoned),
        sl_served=lambda: level / (1 - abandoned),
        sl_wait=lambda: 1 - later(),
        sl_excl_short=lambda: level / (1 - (1 - later() - level)),
        sl_excl_short_abandons=lambda: level / (1 - (1 - later() - level)),
        p_wait_gt_T=later,
        p_wait_gt_T_given_wait=lambda: later() / waiting,
        flag=queue.overloaded,
        stable=not queue.overloaded,
    )


def model_erlang_b(p: Params, output: str) -> Value:
    load = float(p["a"]) if "a" in p else float(p["lam"]) * float(p["aht"])
    log_loss = float(log_erlang_b(p["N"], load))
    loss = float(erlang_b(p["N"], load))
    return of(output, pb=loss, log_pb=log_loss, carried=load * (1 - loss), occ=lambda: load * (1 - loss) / p["N"])


def model_erlang_c(p: Params, output: str) -> Value:
    p = {"aht": 1.0, **p}
    return queue_value(p, output, erlang_c(rate_of(p), p["aht"], p["N"], p.get("T", 0.0)), math.inf)


def model_erlang_a(p: Params, output: str) -> Value:
    patience = patience_of(p)
    return queue_value(p, output, erlang_a(rate_of(p), p["aht"], p["N"], patience, p.get("T", 0.0)), patience)


def model_staffing(p: Params, output: str) -> Value:
    patience = patience_of(p) if p.get("model", "erlang_c") != "erlang_c" else math.inf
    agents = float(
        agents_needed(
            rate_of(p),
            p["aht"],
            p.get("T", 0.0),
            p.get("target_sl", 0.0),
            patience_seconds=patience,
            occupancy_cap=p.get("max_occ", 1.0),
            whole=not p.get("continuous", False),
        )
    )
    return of(
        output,
        agents=agents,
        N=agents,
        scheduled=lambda: scheduled_agents(agents, p.get("shrinkage", 0.0)),
        fte=lambda: agents / (1 - p.get("shrinkage", 0.0)),
    )


def model_chat(p: Params, output: str) -> Value:
    result = chat_queue(
        p["lam"],
        p["aht_single"] if "aht_single" in p else p["aht"],
        p["N"],
        patience_of(p),
        p.get("T", 0.0),
        chats_at_once=int(p.get("slots", 1)),
        slowdown_per_extra_chat=p.get("slowdown_per_extra_chat", 0.0),
    )
    output = _SAME.get(output.lower(), output)
    if "duration" in output.lower() or "aht" in output.lower():
        return float(result.mean_duration_seconds)
    return of(
        output,
        sl=lambda: float(result.service_level),
        sl_offered=lambda: float(result.service_level),
        pab=lambda: float(result.abandonment_rate),
        ew=lambda: float(result.mean_wait_seconds),
        pw=lambda: float(result.probability_of_waiting),
        occ=lambda: float(result.occupancy),
        lq=lambda: float(result.mean_wait_seconds) * p["lam"],
    )
