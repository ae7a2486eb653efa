"""Damaged and odd files are read or refused in words; `python -m benchmarks.mutations` damages thousands byte by byte."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.mutations import CONTENTS, WRITERS, fate_of, mutated
from tests.kpis.imports.odd_files import KINDS, fate_with_questions, odd, sound, wrong_fates


@pytest.mark.parametrize("what", CONTENTS)
@pytest.mark.parametrize("how", WRITERS)
def test_a_damaged_file_is_refused_or_every_row_of_it_is_used_or_left_out_with_a_reason(what: str, how: str) -> None:
    sound = WRITERS[how](CONTENTS[what])
    chance = random.Random(f"{what} {how}")
    assert fate_of(sound) == "read"
    for _ in range(3):
        assert fate_of(mutated(sound, chance)) in ("read", "refused")


_FEW, _SHORT, _WHOLE = 8, 30, 1250


@pytest.mark.parametrize("what", KINDS)
def test_files_of_every_kind_that_come_out_odd_are_read_or_refused_in_words(what: str, tmp_path: Path) -> None:
    whole = "\n".join(",".join(row) for row in sound(what)).encode()
    assert fate_with_questions(whole) == "read"
    assert len({odd(what, random.Random(number)) for number in range(_SHORT)}) == _SHORT
    assert wrong_fates(what, range(_FEW), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("what", KINDS)
def test_more_files_of_every_kind_are_read_or_refused_in_words(what: str, tmp_path: Path) -> None:
    assert wrong_fates(what, range(_FEW, _SHORT), tmp_path) == []


@pytest.mark.load
@pytest.mark.parametrize("what", KINDS)
def test_ten_thousand_odd_files_are_read_or_refused_in_words(what: str, tmp_path: Path) -> None:
    assert wrong_fates(what, range(_SHORT, _WHOLE + _SHORT), tmp_path) == []
