"""Two KPIs in one chart, each named: on an axis of its own, or both as an index from where both begin."""

from __future__ import annotations

import pandas as pd

from cs_planning.errors import NotFound
from cs_planning.kpis.period_names import period_words
from cs_planning.kpis.quantity import quantity
from cs_planning.kpis.series import KpiSeries
from cs_planning.language import Percent, text
from cs_planning.notebook.blocks.block import Chart, ColumnType, TableBlock, TableColumn, Words
from cs_planning.notebook.blocks.charts import digits_of, titled

_FIRST, _SECOND = "first", "second"
_BEGIN = 100.0


def compared(first: KpiSeries, second: KpiSeries, *, indexed: bool = False, periods_shown: int | None = None) -> Chart:
    """Two series of one rhythm over the time that either is known.

    Args:
        first: drawn in the accent, on the left axis.
        second: drawn dashed and in grey, on the right axis.
        indexed: whether both are drawn from 100 at their first common period, on one axis.
        periods_shown: how many of the last periods are drawn.

    Raises:
        NotFound: no period is known of both.
    """
    both = pd.concat({_FIRST: _values(first), _SECOND: _values(second)}, axis=1).sort_index()
    both = both.tail(periods_shown) if periods_shown else both
    common = both.dropna()
    if common.empty:
        raise NotFound(
            text("{first} and {second} have no period in common.", first=first.name, second=second.name),
            text("Choose another KPI or rhythm, or show more periods."),
        )
    begin, last = common.iloc[0], common.iloc[-1]
    if indexed and not begin.all():
        raise NotFound(
            text("An index can't begin at 0."), text("Show other periods, or give the second KPI an axis of its own.")
        )
    frames = [
        pd.DataFrame(
            {
                "part": "left" if name == _FIRST or indexed else "right",
                "period": column.index,
                "frequency": first.frequency.value,
                "value": column.to_numpy() / begin[name] * _BEGIN if indexed else column.to_numpy(),
                "measured": column.to_numpy(),
                "label": name,
                "rank": float(rank),
            }
        )
        for rank, (name, column) in enumerate((name, both[name].dropna()) for name in (_FIRST, _SECOND))
    ]
    when = period_words(common.index[-1].date(), first.rhythm)
    then = period_words(common.index[0].date(), first.rhythm)
    said = text(
        "{first} {now} and {second} {other} in {period}.",
        first=first.name,
        now=quantity(float(last[_FIRST]), first.kpi),
        second=second.name,
        other=quantity(float(last[_SECOND]), second.kpi),
        period=when,
    )
    if indexed:
        said = text(
            "{said} That is {one} and {two} of what they were in {begin}.",
            said=said,
            one=_part(last, begin, _FIRST),
            two=_part(last, begin, _SECOND),
            begin=then,
        )
    labels: dict[str, Words] = {
        _FIRST: titled(first) if indexed else text("{kpi}, left axis", kpi=titled(first)),
        _SECOND: titled(second) if indexed else text("{kpi}, right axis", kpi=titled(second)),
    }
    return Chart(
        drawing="two_indexed" if indexed else "two_axes",
        title=text("{first} and {second}", first=first.name, second=second.name),
        subtitle=text("100 is the value of {period}.", period=then) if indexed else None,
        alt=said,
        frame=pd.concat(frames, ignore_index=True),
        labels=labels,
        kpi=first.kpi,
        others={_SECOND: second.kpi},
        table=_table(first, second, both),
    )


def _values(series: KpiSeries) -> pd.Series:
    values: pd.Series = series.frame.set_index("period")["value"]
    return values


def _part(last: pd.Series, begin: pd.Series, name: str) -> Percent:
    return Percent(share=float(last[name] / begin[name]))


def _table(first: KpiSeries, second: KpiSeries, both: pd.DataFrame) -> TableBlock:
    return TableBlock(
        columns=(
            TableColumn(
                name="period",
                label=text("Period"),
                type=ColumnType.PERIOD,
                frequency=first.frequency,
                year_starts_in=first.rhythm.year_starts_in,
            ),
            *(
                TableColumn(name=name, label=titled(one), type=ColumnType.NUMBER, digits=digits_of(one.kpi))
                for name, one in ((_FIRST, first), (_SECOND, second))
            ),
        ),
        rows=tuple(
            (moment.date(), *(None if pd.isna(value) else float(value) for value in values))
            for moment, *values in both.itertuples()
        ),
    )
