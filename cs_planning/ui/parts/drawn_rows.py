"""The rows of charts that were drawn lately, made once for a chart and a language.

A page is drawn again at every click, and what did not change on it is the same object as before; writing all its values out in
words takes as long as the rest of the chart.
"""

from __future__ import annotations

from threading import Lock

import pandas as pd

from cs_planning.notebook.blocks.block import Chart

_MOST = 64

_lock = Lock()
_drawn: dict[tuple[int, str], tuple[Chart, pd.DataFrame]] = {}


def rows_of(chart: Chart, language: str) -> pd.DataFrame:
    """What the specification of a chart draws, with its labels in a language; nobody may change it."""
    name = id(chart), language
    with _lock:
        kept = _drawn.pop(name, None)
        if kept is not None:
            _drawn[name] = kept  # the last one that was drawn goes last
    # A chart is kept with its rows, so that no other one gets its id meanwhile.
    if kept is not None and kept[0] is chart:
        return kept[1]
    rows = chart.data(language)
    with _lock:
        _drawn[name] = chart, rows
        while len(_drawn) > _MOST:
            del _drawn[next(iter(_drawn))]
    return rows
