"""The names of recorded series, for the choices that offer them."""

from __future__ import annotations

from collections.abc import Sequence

from cs_planning.workspace import SeriesInfo


def series_names(infos: Sequence[SeriesInfo]) -> dict[str, str]:
    """The name of each series by its written key, in the order of the list; one in several rhythms is named once."""
    by_key = {info.key: info for info in infos}
    return {str(key): str(key.named(info.kpi)) for key, info in by_key.items()}
