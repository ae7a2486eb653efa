"""What is left for people, what it costs, and how sure it is."""

from __future__ import annotations

import ast
import math
import re
from functools import lru_cache

import numpy as np
from scipy import special

from benchmarks.formulas.money import (
    ContactType,
    break_even_containment,
    residual_handle_time,
    return_on_investment,
    triangular_quantile,
)
from benchmarks.formulas.queues import arrivals_at_target
from benchmarks.formulas.repeats import repeat_loop
from benchmarks.vectors.days import evaluated
from benchmarks.vectors.queues import queue_value
from benchmarks.vectors.row import PERCENTILE, Params, UnknownOutput, Value, of
from cs_planning.automation.answers.sensitivity import sobol_effects
from cs_planning.automation.money import cost
from cs_planning.automation.queues.day_noise import service_level_dispersion
from cs_planning.automation.queues.erlang import ErlangResult, erlang_a
from cs_planning.automation.ranges import Range
from cs_planning.automation.team.residual import handle_time_multiplier


def model_residual(p: Params, output: str) -> Value:
    if "types" in p:
        types = [
            ContactType(share=t["share"], handle_time_seconds=t["aht"], deflected=t.get("deflect", 0.0)) for t in p["types"]
        ]
        base = sum(t.share * t.handle_time_seconds for t in types) / sum(t.share for t in types)
        left = sum(t.share * (1 - t.deflected) for t in types) / sum(t.share for t in types)
        residual = residual_handle_time(types)
        return of(
            output,
            aht_residual=residual,
            aht_base=base,
            aht_multiplier=residual / base,
            workload_multiplier=left * residual / base,
            remaining_share=left,
        )
    factor = float(handle_time_multiplier(p["deflected"], p["sigma"], p["easy_first"]))
    workload = (1 - p["deflected"]) * factor
    return of(
        output,
        aht_multiplier=factor,
        aht_residual=lambda: factor * p["aht"],
        workload_multiplier=workload,
        workload_factor=workload,
        workload_change=workload - 1,
    )


def model_repeat_loop(p: Params, output: str) -> Value:
    loop = repeat_loop(
        p["lam0"],
        p["aht"],
        p["N"],
        p["pat"],
        p.get("T", 0.0),
        redial_after_abandonment=p["p_redial_after_abandon"],
        recontact_after_service=p["p_recontact_after_service"],
    )
    if output == "lam_total":
        return loop.arrivals_per_second
    return queue_value({**p, "lam": loop.arrivals_per_second}, output, loop.queue, p["pat"])


def model_bot_mix(p: Params, output: str) -> Value:
    contained = p["true_containment"]
    wait = float(
        erlang_a(p["lam"] * (1 - contained), p["aht"], p["N"], p["pat"], p.get("T", 0.0), answered_wait=False).mean_wait_seconds
    )
    first, before = p.get("bot_first_response_s", 0.0), p.get("bot_time_before_handover_s", 0.0)
    clock = p.get("clock", "from handover")
    escalated = wait
    solved = 0.0
    if "resol" in clock:
        escalated, solved = before + wait + p["aht"], before
    elif "human" in clock or "person" in clock or "escalat" in clock:
        escalated, solved = before + wait, 0.0
    elif "first" in clock or "start" in clock:
        escalated, solved = (first, first) if "bot" in clock or "any" in clock else (before + wait, first)
    mixed = (1 - contained) * escalated + contained * solved
    return of(
        output,
        mean_wait_all_s=mixed,
        mean_response_all_s=mixed,
        mean_first_response_s=first,
        mean_wait_escalated_s=escalated,
        mean_wait_human_s=wait,
        mean_time_to_human_s=before + wait,
        time_to_human_escalated_s=before + wait,
        lam_human=p["lam"] * (1 - contained),
    )


def model_cost(p: Params, output: str) -> Value:
    flows = np.full(int(p.get("months", 0)), p.get("monthly_net_saving", 0.0))
    one_off = p.get("one_off", 0.0)

    def roster() -> float:
        return float(cost.roster_cost(p["base_agents"] * p["hours"], p["shrinkage"], p["wage"]))

    def bot() -> float:
        price = next((float(p[name]) for name in p if name.startswith("bot_price")), 0.0)
        billed = float(p.get("resolutions", 0.0)) or float(p.get("conversations", 0.0))
        return price * billed + float(p.get("licence", 0.0))

    return of(
        output,
        agent_cost=roster,
        fte=lambda: p["base_agents"] / (1 - p["shrinkage"]),
        bot_cost=bot,
        total_cost=lambda: roster() + bot(),
        cost_per_contact=lambda: (roster() + bot()) / p["contacts"],
        npv=lambda: cost.net_present_value(one_off, flows, p["annual_rate"]),
        payback_months=lambda: cost.payback_month(one_off, flows),
        roi=lambda: return_on_investment(one_off, flows),
    )


def model_break_even(p: Params, output: str) -> Value:
    if output not in {"containment", "break_even", "c_star"}:
        raise UnknownOutput(output)
    conversation = p.get("pricing", "per_resolution") == "per_conversation"
    price = next((float(p[name]) for name in p if name.startswith("bot_price")), 0.0)
    return break_even_containment(
        human_cost=p["human_cost"],
        price=price,
        escalation_extra_cost=p.get("escalation_extra_cost", 0.0),
        fixed_per_contact=p.get("fixed_per_contact", 0.0),
        pricing="per_conversation" if conversation else "per_resolution",
        easiest_first=p.get("easy_first", 0.0),
        sigma=p.get("sigma", 0.8),
    )


def model_pert(p: Params, output: str) -> Value:
    spread = Range(min=p["a"], mode=p["m"], max=p["b"])
    share = PERCENTILE.fullmatch(output)
    if share:
        return float(spread.quantile(np.asarray(float(share[1]) / 100)))
    variance = (spread.mean - spread.min) * (spread.max - spread.mean) / 7
    return of(
        output,
        mean=spread.mean,
        variance=variance,
        var=variance,
        sd=math.sqrt(variance),
        std=math.sqrt(variance),
        median=lambda: model_pert(p, "p50"),
    )


def model_triangular(p: Params, output: str) -> Value:
    share = PERCENTILE.fullmatch(output)
    if share:
        return triangular_quantile(float(share[1]) / 100, p["a"], p["m"], p["b"])
    return of(output, mean=(p["a"] + p["m"] + p["b"]) / 3, median=lambda: model_triangular(p, "p50"))


def model_p_goal(p: Params, output: str) -> Value:
    sigma = p.get("lam_lognormal_sigma", 0.0)

    def chance() -> float:
        shares = (np.arange(16_384) + 0.5) / 16_384
        rates = p["lam_median"] * np.exp(sigma * special.ndtri(shares))
        levels = erlang_a(rates, p["aht"], p["N"], p["pat"], p["T"], answered_wait=False).service_level
        return float((np.asarray(levels) >= p["target"]).mean())

    return of(
        output,
        lam_star=lambda: arrivals_at_target(p["N"], p["aht"], p["pat"], p["target"], p["T"]),
        p_goal=chance,
        dispersion=lambda: service_level_dispersion(p["lam_median"], p["aht"], p["N"], p["pat"], p["T"]),
    )


def model_sobol(p: Params, output: str) -> Value:
    formula = ast.parse(str(p["model"]).split("=", 1)[-1].split(",")[0].strip().replace("^", "**"), mode="eval").body
    names = sorted({node.id for node in ast.walk(formula) if isinstance(node, ast.Name) and node.id.startswith("x")})
    asked = re.fullmatch(r"(S1|ST)_(x\d+)", output)
    if not asked or asked[2] not in names:
        raise UnknownOutput(output)
    effects = sobol_effects(lambda u: evaluated(formula, dict(zip(names, u.T, strict=True))), len(names), draws=8192)
    chosen = effects.first if asked[1] == "S1" else effects.total
    return float(chosen[names.index(asked[2])])


@lru_cache(maxsize=1)
def property_grid() -> ErlangResult:
    axes = [
        np.linspace(0.01, 0.3, 30),
        np.arange(1, 60.5, 0.5),
        np.array([30.0, 60, 120, 180, 300, 600, 900, 1200, 1800]),
    ]
    lam, agents, patience = np.meshgrid(*axes, indexing="ij")
    return erlang_a(lam, 300.0, agents, patience, 60.0, answered_wait=False)


def model_property(p: Params, output: str) -> Value:
    result = property_grid()
    values = {
        "sl": result.service_level,
        "pab": result.abandonment_rate,
        "ew": result.mean_wait_seconds,
        "pw": result.probability_of_waiting,
        "occ": result.occupancy,
    }
    if output.startswith("continuous N"):
        return bool((np.diff(np.asarray(values["sl"]), axis=1) >= -1e-12).all())
    said = re.fullmatch(r"(\w+) (increases|decreases) with (lam|N|pat)\w*", output)
    if not said or said[1] not in values:
        raise UnknownOutput(output)
    steps = np.diff(np.asarray(values[said[1]]), axis=("lam", "N", "pat").index(said[3]))
    scale = float(np.max(np.abs(np.asarray(values[said[1]])))) or 1.0
    return bool(((steps if said[2] == "increases" else -steps) >= -1e-12 * max(scale, 1.0)).all())
