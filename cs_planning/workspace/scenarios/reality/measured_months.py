"""What imported series say of an operation month by month, each figure in the unit of the simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cs_planning.automation.answers.reality import Measurement, Place, SeenFigure
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.series import KpiSeries, SeriesKey
from cs_planning.storage import Store
from cs_planning.workspace.scenarios.data.channel_data import channels_in, names_of, wait_of_everybody
from cs_planning.workspace.scenarios.data.channel_series import ChannelSeries, monthly

_BOTS = ("bot", "ボット", "assistant", "アシスタント")


class MeasuredMonths:
    """What imported series say of an operation, month by month."""

    def __init__(self, store: Store, operation: Operation, today: date) -> None:
        self._store, self._operation, self._today = store, operation, today
        seen = channels_in(store)
        self._names = [names_of(channel, seen) for channel in operation.channels]
        own = {name.lower() for names in self._names for name in names}
        own |= {channel.name.lower() for channel in operation.channels if channel.name}
        counted = {
            dict(info.key.scope).get("channel", "").lower()
            for info in store.points.list_series()
            if info.key.kpi == "contact_volume"
        }
        self._all = not counted - own - {""}

    @property
    def cost_of_more(self) -> bool:
        """Whether costs are counted, but of channels beside those of the operation."""
        return (
            not self._all and not self.of((SeenFigure.COST_PER_CONTACT, None)) and bool(self._own().of_team("cost_per_contact"))
        )

    def of(self, place: Place) -> dict[date, Measurement]:
        """One figure but the contained share, in the unit of the simulation."""
        figure, channel = place
        match figure:
            case SeenFigure.WAIT if channel is not None:
                return self._wait(self._operation.channels[channel], self._of_channel(channel))
            case SeenFigure.SERVICE_LEVEL if channel is not None:
                return self._months(self._of_channel(channel).of("service_level"))
            case SeenFigure.ABANDONMENT if channel is not None:
                return self._months(self._of_channel(channel).of("abandonment_rate"))
            case SeenFigure.HANDLE_TIME if channel is not None:
                return self._months(self._of_channel(channel).of("aht_mean"))
            case SeenFigure.COST_PER_CONTACT:
                return self._months(self._cost("cost_per_contact"))
            case SeenFigure.COST_PER_MONTH:
                return self._months(self._cost("service_cost"))
            case SeenFigure.CONTACTS:
                alone = len(self._operation.channels) == 1
                return self._months(self._of_channel(0).of("contact_volume") if alone else self._whole("contact_volume"))
            case _:
                return {}

    def contained(self, start: date) -> dict[date, Measurement]:
        """The share that ends with a bot: a series that names one, else a self-service rate that began with it.

        A rate that was there before the start is about pages, not about the bot.
        """
        infos = self._store.points.list_series()
        rates = [info for info in infos if info.key.kpi == "containment_rate"]
        for info in sorted(rates, key=lambda info: not _names_a_bot(info.key)):
            found = self._months((self._store.points.load_series(info.key, info.frequency),))
            pages = any(not one.has_people for one in self._operation.channels)
            if _names_a_bot(info.key) or not (pages or any(one.value > 0 for month, one in found.items() if month < start)):
                counted = SeriesKey("self_service_visits", info.key.scope)
                visits = [one for one in infos if one.key == counted and one.frequency is info.frequency]
                counts = self._months([self._store.points.load_series(one.key, one.frequency) for one in visits])
                return {
                    month: replace(one, count=counts[month].value) if one.count is None and month in counts else one
                    for month, one in found.items()
                }
        return {}

    def pages(self) -> dict[date, Measurement]:
        """The share of the visits that ends on the pages of self-service."""
        return self._months(self._own().of_team("containment_rate"))

    def _own(self) -> ChannelSeries:
        return ChannelSeries(self._store, self._names[0] if len(self._names) == 1 else ())

    def _of_channel(self, place: int) -> ChannelSeries:
        channel = self._operation.channels[place]
        return ChannelSeries(self._store, self._names[place], channel.kind is ChannelKind.PHONE)

    def _whole(self, kpi: str) -> tuple[KpiSeries, ...]:
        return self._own().of_team(kpi) if self._all else ()

    def _cost(self, kpi: str) -> tuple[KpiSeries, ...]:
        own = self._own()
        found = own.of(kpi) if len(self._names) == 1 else ()
        scoped = tuple(one for one in found if one.key.scope)
        series = scoped or self._whole(kpi)
        known = {self._operation.currency, CATALOGUE[kpi].currency}  # the catalogue's stands where a file names none
        return tuple(one for one in series if one.kpi.currency in known)

    def _months(self, series: Sequence[KpiSeries]) -> dict[date, Measurement]:
        return monthly(series, self._today)

    def _wait(self, channel: Channel, own: ChannelSeries) -> dict[date, Measurement]:
        """The wait of everybody; reports average that of the answered alone."""
        answered = self._months(own.of("asa_mean"))
        if not answered and channel.kind is not ChannelKind.PHONE:
            return self._months(own.of("frt_mean"))
        levels, given_up = self._months(own.of("service_level")), self._months(own.of("abandonment_rate"))
        found = {}
        for month, one in answered.items():
            level, lost = levels.get(month), given_up.get(month)
            wait = one.value
            if level is not None and lost is not None:
                wait = wait_of_everybody(wait, lost.value, level.value, channel.answer_within_seconds)
            found[month] = replace(one, value=wait)
        return found


def _names_a_bot(key: SeriesKey) -> bool:
    return any(word in value.lower() for _dimension, value in key.scope for word in _BOTS)
