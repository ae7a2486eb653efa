"""Figures in the words of a file: they stay on one line, and a falling one has a minus sign, not a hyphen."""

from __future__ import annotations

import re

from cs_planning.notebook.blocks.block import Metric, Words

_IN_PARTS = re.compile(r"\d[\d.,]* (?:%|(?:h|min|s|ms)\b)(?: \d+ (?:min|s)\b)?")
_JAPANESE = re.compile(r"(?:\d[\d.,]*(?:年|月|日|時間|分|秒|%|万円|億円|円|件|席|点|通り|期間|ポイント))+")
_HYPHEN = re.compile(r"^-(?=\d)")


def unbroken(words: Words) -> str:
    """Words whose figures are not parted from their units at the end of a line: 72 %, 1 h 21 min."""
    return _IN_PARTS.sub(lambda figure: figure[0].replace(" ", "\u00a0"), str(words))


def marked(written: str) -> str:
    """Escaped words of HTML in which figures with Japanese units, between which lines end anywhere, are marked as one."""
    return _JAPANESE.sub(lambda figure: f'<span class="figure">{figure[0]}</span>', written)


def change_of(metric: Metric) -> str:
    """What is said about the change of a metric; screens are given a hyphen, since they tell the direction by it."""
    return "" if metric.delta is None else _HYPHEN.sub("\u2212", str(metric.delta))
