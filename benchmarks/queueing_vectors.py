"""Computes every row of a file of queueing vectors and says which are off.

    python -m benchmarks.queueing_vectors FILE.csv

Columns: id, model, params (JSON), output, expected, tolerance (absolute), source.  A model or output that is not known counts
as failed.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.vectors.days import model_backlog, model_day, model_mgng_des
from benchmarks.vectors.plans import (
    model_bot_mix,
    model_break_even,
    model_cost,
    model_p_goal,
    model_pert,
    model_property,
    model_repeat_loop,
    model_residual,
    model_sobol,
    model_triangular,
)
from benchmarks.vectors.queues import model_chat, model_erlang_a, model_erlang_b, model_erlang_c, model_staffing
from benchmarks.vectors.row import Params, UnknownOutput, Value
from cs_planning.errors import PlanningError

MODELS: dict[str, Callable[[Params, str], Value]] = {
    "erlang_b": model_erlang_b,
    "erlang_c": model_erlang_c,
    "erlang_a": model_erlang_a,
    "staffing": model_staffing,
    "mgng_des": model_mgng_des,
    "day_timevarying": model_day,
    "chat": model_chat,
    "chat_birth_death": model_chat,
    "backlog_fluid": model_backlog,
    "residual_aht": model_residual,
    "repeat_loop": model_repeat_loop,
    "bot_mix": model_bot_mix,
    "cost": model_cost,
    "break_even": model_break_even,
    "pert": model_pert,
    "triangular": model_triangular,
    "p_goal": model_p_goal,
    "sobol": model_sobol,
    "property": model_property,
}


def agrees(value: Value, expected: str, tolerance: float) -> bool:
    """Whether a value is what the row expects."""
    word = expected.strip().lower()
    if word in {"true", "false"}:
        return bool(value) is (word == "true")
    if value is None or word in {"none", "never", "nan", ""}:
        return value is None and word in {"none", "never", "nan", "", "inf"}
    number, wanted = float(value), float(word)
    return number == wanted or abs(number - wanted) <= tolerance * (1 + 1e-9)


def check(row: dict[str, str]) -> str | None:
    """What is wrong with a row; None where it agrees."""
    model = MODELS.get(row["model"])
    if model is None:
        return f"unknown model {row['model']}"
    try:
        value = model(json.loads(row["params"]), row["output"])
    except UnknownOutput as missing:
        return f"{row['model']} does not compute {missing}"
    except (PlanningError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        return f"{row['model']} {row['output']}: {type(error).__name__} {error}"
    if agrees(value, row["expected"], float(row["tolerance"] or 0)):
        return None
    return f"{row['model']} {row['output']}: got {value}, expected {row['expected']} ± {row['tolerance']}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Say which file: python -m benchmarks.queueing_vectors FILE.csv")
        return 2
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    started, failed = time.perf_counter(), 0
    for row in rows:
        wrong = check(row)
        if wrong:
            failed += 1
            print(f"{row['id']}: {wrong}")
    print(f"{time.perf_counter() - started:.1f} s")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
