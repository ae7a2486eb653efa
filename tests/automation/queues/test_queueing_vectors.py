import csv
from pathlib import Path

import pytest

from benchmarks.queueing_vectors import agrees, check, main

FILE = Path(__file__).parents[2] / "fixtures" / "queueing_vectors.csv"
ROWS = list(csv.DictReader(FILE.open(encoding="utf-8", newline="")))


def marked(row):
    long = row["output"].endswith("_des") or row["model"] in ("mgng_des", "sobol")
    return pytest.param(row, id=f"{row['id']}-{row['model']}-{row['output'][:12]}", marks=[pytest.mark.load] if long else [])


@pytest.mark.parametrize("row", [marked(row) for row in ROWS])
def test_a_vector_is_computed_within_its_tolerance(row):
    assert check(row) is None


def changed(tmp_path, **fields):
    row = {**ROWS[0], **fields}
    file = tmp_path / "vectors.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, row)
        writer.writeheader()
        writer.writerows([ROWS[0], row])
    return str(file)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"model": "magic"}, "unknown model magic"),
        ({"output": "luck"}, "does not compute luck"),
        ({"expected": "0.5"}, "expected 0.5"),
        ({"params": '{"N": -1, "a": 3}'}, "agents"),
    ],
)
def test_a_row_that_is_off_is_named_and_counted(tmp_path, capsys, fields, said):
    assert main([changed(tmp_path, **fields)]) == 1
    printed = capsys.readouterr().out
    assert said in printed
    assert printed.strip().endswith("1 passed, 1 failed")


def test_a_value_that_is_not_a_number_never_agrees():
    assert not agrees(float("nan"), "0.5", 1.0)
    assert agrees(float("inf"), "inf", 0.0)
    assert agrees(None, "never", 0.0)
    assert not agrees(3, "never", 0.0)
