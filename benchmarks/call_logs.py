"""How well days are predicted that the model has not seen, on simulated call logs that break its assumptions.

    python -m benchmarks.call_logs [--seeds 3]

Each log has four weeks; the model is calibrated on the first two.  Beside the full prediction stands Erlang A as the levers use
it, with one mean patience and nothing carried along.
"""

from __future__ import annotations

import argparse
from datetime import date

import numpy as np

from cs_planning.automation.calibration.validation import Compared, validate_calls
from tests.automation.calibration.bank_calls import BANKS, in_technion_layout, simulated_calls

SPLIT = date(1999, 2, 15)
LIMIT = 0.10


def errors(compared: Compared) -> list[float]:
    """Relative errors of service level, abandonment and mean wait."""
    fits = (compared.service_level, compared.abandonment_rate, compared.mean_wait_seconds)
    return [fit.predicted / fit.observed - 1 for fit in fits]


def main() -> None:
    """A line a log, then root mean squares and how many of the three figures of a log are off by more than a tenth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = parser.parse_args().seeds
    found, plain = [], []
    print(f"{'log':32s} {'service level':>15s} {'abandonment':>15s} {'mean wait':>15s}  errors")
    for name, bank in BANKS.items():
        for seed in range(1, seeds + 1):
            report = validate_calls(in_technion_layout(simulated_calls(bank, seed=seed)), SPLIT)
            overall = report.overall
            found.append(errors(overall))
            plain.append(errors(report.erlang_a))
            level, lost, wait = overall.service_level, overall.abandonment_rate, overall.mean_wait_seconds
            print(
                f"{name:30s} {seed} {level.predicted:7.3f} {level.observed:7.3f} {lost.predicted:7.3f} {lost.observed:7.3f} "
                f"{wait.predicted:7.1f} {wait.observed:7.1f}  " + " ".join(f"{100 * error:+5.1f}" for error in found[-1]) + " %"
            )
    for title, values in (("predicted", np.array(found)), ("Erlang A alone", np.array(plain))):
        size = 100 * np.sqrt((values**2).mean(axis=0))
        off = int((np.abs(values) > LIMIT).sum())
        print(f"{title:15s} root mean square {size.round(1).tolist()} %, {off} of {values.size} figures off by more than 10 %")


if __name__ == "__main__":
    main()
