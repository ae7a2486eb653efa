import gc
from functools import partial

from cs_planning.notebook.blocks.made_along import MadeAlong


class _Thing:
    """Something of which more is made."""


def test_what_was_made_of_an_object_is_made_once_for_each_further_argument():
    made: MadeAlong[list[int]] = MadeAlong()
    thing, other = _Thing(), _Thing()
    first = made.of(thing, 1, lambda: [1])
    assert made.of(thing, 1, lambda: [2]) is first
    assert made.of(thing, 2, lambda: [2]) == [2]
    assert made.of(other, 1, lambda: [3]) == [3]


def test_it_goes_with_the_object():
    made: MadeAlong[int] = MadeAlong()
    for number in range(20):
        assert made.of(_Thing(), "x", partial(int, number)) == number, "that of an object which is gone"
    gc.collect()
    assert len(made) == 0
