"""Damaged files are read or refused in words; `python -m benchmarks.mutations` tries thousands."""

from __future__ import annotations

import random

import pytest

from benchmarks.mutations import CONTENTS, WRITERS, fate_of, mutated


@pytest.mark.parametrize("what", CONTENTS)
@pytest.mark.parametrize("how", WRITERS)
def test_a_damaged_file_is_refused_or_every_row_of_it_is_used_or_left_out_with_a_reason(what: str, how: str) -> None:
    sound = WRITERS[how](CONTENTS[what])
    chance = random.Random(f"{what} {how}")
    assert fate_of(sound) == "read"
    for _ in range(3):
        assert fate_of(mutated(sound, chance)) in ("read", "refused")
