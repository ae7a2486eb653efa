"""What imported data say about each channel of a team: contacts a day, handle time, and what calibration is measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.measured import Measured, MeasuredPart
from cs_planning.kpis.channels import channel_kind, same_channel
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.series import KpiSeries
from cs_planning.storage import Store
from cs_planning.workspace.scenarios.data.channel_series import IN_BASE_UNIT, ChannelSeries

DAYS_PER_MONTH = 365.25 / 12
_RECENT_DAYS = 92
_SELDOM = 0.1


@dataclass(frozen=True)
class ChannelData:
    """What imported data say about one channel; `None` is not measured.

    Attributes:
        contacts_per_day: mean of the open days.
        open_days_per_month: days with contacts.
        arrival_weekdays: on which they come, 0 is Monday; none where only daily figures could tell.
        handle_time_seconds: mean.
        service_level, abandonment_rate: of all contacts offered, 0…1.
        mean_wait_seconds: the average speed of answer.
        first_response_seconds: the mean time to the first response, where contacts are answered in writing.
        first, last: the days that were looked at.
        sources: names of the series that were taken.
    """

    contacts_per_day: float | None = None
    open_days_per_month: float | None = None
    arrival_weekdays: tuple[int, ...] = ()
    handle_time_seconds: float | None = None
    service_level: float | None = None
    abandonment_rate: float | None = None
    mean_wait_seconds: float | None = None
    first_response_seconds: float | None = None
    first: date | None = None
    last: date | None = None
    sources: tuple[str, ...] = field(default=())

    def measured(self, answer_within_seconds: float, parts: tuple[MeasuredPart, ...] = ()) -> Measured | None:
        """What a calibration needs, where all three were measured.

        Args:
            answer_within_seconds: the time that the service level counts.
            parts: of the day, where single contacts tell them.
        """
        if self.service_level is None or self.abandonment_rate is None or self.mean_wait_seconds is None:
            return None
        return Measured(
            service_level=self.service_level,
            abandonment_rate=self.abandonment_rate,
            mean_wait_seconds=wait_of_everybody(
                self.mean_wait_seconds, self.abandonment_rate, self.service_level, answer_within_seconds
            ),
            parts=parts,
        )


@dataclass(frozen=True)
class FoundChannel:
    """A channel that imported data speak of.

    Attributes:
        kind: how its contacts wait.
        name: as the data call it; empty for telephone figures that stand without a channel.
        data: what they say.
    """

    kind: ChannelKind
    name: str
    data: ChannelData


def channel_data(store: Store, names: Sequence[str], *, on_calls: bool = False) -> ChannelData:
    """What the last three months of imported series say about a channel.

    Args:
        store: with the series.
        names: of the channel in any spelling; series without a channel are taken where none of the KPI has one.
        on_calls: a telephone; figures of calls that stand without a channel, as reports of a telephone system give them, are
            its own where no telephone is named.
    """
    own = ChannelSeries(store, names, on_calls)

    def series(kpi: str) -> KpiSeries | None:
        return next(iter(own.of(kpi)), None)

    volume = next((one for one in own.over("contact_volume") if len(one)), None)
    averages = {
        name: series(kpi)
        for name, kpi in (
            ("handle_time_seconds", "aht_mean"),
            ("service_level", "service_level"),
            ("abandonment_rate", "abandonment_rate"),
            ("mean_wait_seconds", "asa_mean"),
        )
    }
    used = [one for one in (volume, *averages.values()) if one is not None and len(one)]
    if not used:
        return ChannelData()
    frames = [_recent(one) for one in used]
    per_day, open_days = _volume(volume)
    return ChannelData(
        contacts_per_day=per_day,
        open_days_per_month=open_days,
        arrival_weekdays=_arrival_weekdays(volume),
        **{name: _average(one) for name, one in averages.items()},
        first_response_seconds=_average(series("frt_mean")),
        first=min(frame["period"].min() for frame in frames).date(),
        last=max(one.rhythm.end_of(one.last_period) for one in used),
        sources=tuple(str(one.key) for one in used),
    )


def found_channels(store: Store) -> tuple[tuple[FoundChannel, ...], tuple[str, ...]]:
    """Every channel that imported data count contacts of, telephones first, and the names that nobody knows the kind of."""
    names = channels_in(store)
    found = []
    for kind in (ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.EMAIL):
        own = [name for name in names if channel_kind(name) == kind.value]
        for name in own or ([""] if kind is ChannelKind.PHONE else []):
            data = channel_data(store, (name,), on_calls=kind is ChannelKind.PHONE)
            if data.contacts_per_day is not None:
                found.append(FoundChannel(kind, name, data))
    return tuple(found), tuple(name for name in names if channel_kind(name) is None)


def channels_in(store: Store) -> tuple[str, ...]:
    """The names of channels in imported series, as they are written there."""
    return tuple(
        dict.fromkeys(
            dict(info.key.scope)["channel"] for info in store.points.list_series() if "channel" in dict(info.key.scope)
        )
    )


def wait_of_everybody(
    speed_of_answer_seconds: float, abandonment_rate: float, service_level: float, answer_within_seconds: float
) -> float:
    """The mean wait of all contacts, from reports that average only those who were answered.

    Args:
        speed_of_answer_seconds: mean wait of the answered.
        abandonment_rate: gave up ÷ offered, 0…1.
        service_level: answered in time ÷ offered, 0…1.
        answer_within_seconds: that time.

    Assumptions: a wait that is not zero is exponential, whoever ends it: then those who gave up waited as long on average as
        the answered who had to wait, and the share answered late tells how long that is.
    """
    answered = speed_of_answer_seconds * (1 - abandonment_rate)
    late = 1 - service_level - abandonment_rate
    if answered <= 0 or abandonment_rate <= 0:
        return answered
    longest = max(answer_within_seconds, speed_of_answer_seconds)

    def missing(wait: float) -> float:
        return float(answered / wait * np.exp(-answer_within_seconds / wait)) - late

    shortest = max(speed_of_answer_seconds, 1e-3)
    if late <= 0 or missing(shortest) >= 0:
        wait = shortest
    else:
        wait = float(brentq(missing, shortest, longest)) if missing(longest) > 0 else longest
    return answered + abandonment_rate * wait


def names_of(channel: Channel, seen: Sequence[str]) -> tuple[str, ...]:
    """Under which names imported data hold a channel: its own where they do, else all names of its kind.

    Args:
        channel: as described.
        seen: names of channels in the data.
    """
    own = tuple(name for name in seen if channel.name and same_channel(name, channel.name))
    return own or tuple(name for name in seen if channel_kind(name) == channel.kind.value)


def _recent(series: KpiSeries) -> pd.DataFrame:
    frame = series.frame.dropna(subset=["value"])
    since = frame["period"].max() - pd.Timedelta(days=_RECENT_DAYS)
    recent: pd.DataFrame = frame[frame["period"] > since]
    return recent


def _volume(series: KpiSeries | None) -> tuple[float | None, float | None]:
    """Contacts of an open day, and open days a month; only daily figures tell both."""
    if series is None or not len(series):
        return None, None
    recent = _recent(series)
    values = recent["value"].to_numpy(float)
    if series.frequency is Frequency.DAY:
        opened = values[values > 0]
        if not len(opened):
            return None, None
        return float(opened.mean()), _open_days_per_week(recent.loc[values > 0, "period"]) * DAYS_PER_MONTH / 7
    periods = {Frequency.WEEK: 5.0, Frequency.MONTH: 21.0}.get(series.frequency)
    mean = float(values.mean())
    return (mean / periods, None) if periods and mean > 0 else (None, None)


def _arrival_weekdays(series: KpiSeries | None) -> tuple[int, ...]:
    """The weekdays on at least a tenth of which something came."""
    if series is None or series.frequency is not Frequency.DAY or not len(series):
        return ()
    recent = _recent(series)
    came = recent.loc[recent["value"] > 0, "period"]
    if came.empty:
        return ()
    shares = _shares_by_weekday(came)
    return tuple(int(day) for day in shares.index[shares >= _SELDOM])


def _shares_by_weekday(days: pd.Series) -> pd.Series:
    """Of each weekday between the first and the last of some days the share that is among them."""
    span = pd.date_range(days.min(), days.max())
    there, possible = (pd.Series(one.day_of_week).value_counts() for one in (pd.DatetimeIndex(days), span))
    return (there / possible).fillna(0.0).sort_index()


def _open_days_per_week(days: pd.Series) -> float:
    """On how many days of a week something comes, weekday by weekday: neither end of the data needs to be that of a week."""
    return float(_shares_by_weekday(days).sum())


def _average(series: KpiSeries | None) -> float | None:
    """The mean of the recent periods in seconds or as a share, each weighing as much as it has contacts."""
    if series is None or not len(series):
        return None
    recent = _recent(series)
    weights = recent["sample_size"].fillna(0.0).to_numpy(float)
    values = recent["value"].to_numpy(float)
    mean = np.average(values, weights=weights) if weights.sum() > 0 else values.mean()
    return float(mean * IN_BASE_UNIT.get(series.kpi.unit, 1.0))
