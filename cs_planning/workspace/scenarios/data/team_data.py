"""What imported data say of a team's channels: taken, measured, fitted, and where the team as described is unlike them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cs_planning.automation.calibration.calibrate import calibrate_operation, residual_of
from cs_planning.automation.calibration.fits import measured_parts
from cs_planning.automation.calibration.result import Calibration
from cs_planning.automation.scenarios.outcome import Clock, Outcome
from cs_planning.automation.team.channel import Channel, ChannelKind
from cs_planning.automation.team.measured import Measured, MeasuredPart
from cs_planning.automation.team.operation import Operation
from cs_planning.errors import StorageUnavailable
from cs_planning.kpis.calendar.opening_hours import OpeningHours
from cs_planning.kpis.contacts.log.arrivals import answered_by_hour, arrivals_by_hour
from cs_planning.kpis.contacts.log.kept_files import readable_files
from cs_planning.kpis.quantity import duration
from cs_planning.language import Text, text
from cs_planning.storage import Store
from cs_planning.workspace.points.contacts import manifest_of
from cs_planning.workspace.scenarios.data.channel_data import ChannelData, channel_data, channels_in, found_channels, names_of
from cs_planning.workspace.scenarios.data.drafted import DraftedOperation, drafted_operation
from cs_planning.workspace.scenarios.kept.kept_scenarios import KeptScenarios

_TIMES_APART, _LEAST_SECONDS_APART = 1.5, 10.0
"""By how much a wait differs from the measured one before it is said."""


class TeamData:
    """The data behind the team of a workspace."""

    def __init__(self, store: Store, kept: KeptScenarios, contact_folder: Path) -> None:
        self._store = store
        self._kept = kept
        self._contacts = contact_folder
        self._fitted = lru_cache(maxsize=64)(calibrate_operation)
        self._residual = lru_cache(maxsize=64)(residual_of)
        self._parts = lru_cache(maxsize=64)(self._load_parts)
        self._found = lru_cache(maxsize=16)(lambda _version: found_channels(store))
        self._seen = lru_cache(maxsize=16)(lambda _version: channels_in(store))
        self._data = lru_cache(maxsize=64)(self._load_data)
        self._arrivals = lru_cache(maxsize=64)(self._load_arrivals)

    def of(self, channel: Channel) -> ChannelData:
        """What imported data say about a channel."""
        return self._data(self._store.changes.data_version(), self.names(channel), channel.kind is ChannelKind.PHONE)

    def day_of_week(self, channel: Channel) -> tuple[tuple[float, ...], ...] | None:
        """Mean contacts of a channel by weekday (Monday first) and hour, as imported contacts arrived; `None` without any."""
        return self._arrivals(self._store.changes.data_version(), self.names(channel))

    def drafted(self, currency: str, hours: OpeningHours | None = None) -> DraftedOperation:
        """A team described from its data and its opening hours, for those who have not described it yet."""
        found, _unknown = self._found(self._store.changes.data_version())
        first = next((one for one in found if one.kind is ChannelKind.PHONE), None)
        others = tuple(one for one in found if one is not first)
        if first is None:
            return drafted_operation(ChannelData(), currency, hours, others)
        return drafted_operation(first.data, currency, hours, others, first.name)

    def unknown_channels(self) -> tuple[str, ...]:
        """Names of channels in the data whose kind of waiting nobody knows, so that they are not taken."""
        return self._found(self._store.changes.data_version())[1]

    def parts_of_day(self, channel: Channel, answer_within_seconds: float) -> tuple[MeasuredPart, ...]:
        """The service level of a channel by part of the day, as imported contacts tell it; none where they don't."""
        return self._parts(self._store.changes.data_version(), self.names(channel), answer_within_seconds)

    def calibrated(
        self, operation: Operation, measured: Sequence[Measured | None]
    ) -> tuple[Operation, tuple[Calibration | None, ...]]:
        """The operation with each channel fitted to what was measured on it; as it is where nothing was.

        A channel that is kept as it was fitted to the same numbers is not fitted again: it has the same numbers everywhere.

        Args:
            operation: as described.
            measured: one for each channel.
        """
        kept = self._kept.operation()
        found: list[Calibration | None] = []
        for number, seen in enumerate(measured):
            channel = operation.channels[number]
            if seen is None or channel.kind in {ChannelKind.EMAIL, ChannelKind.SELF_SERVICE}:
                found.append(None)
            elif kept is not None and channel in kept.channels and channel.calibrated_on == seen:
                found.append(self._residual(operation, seen, channel=number))
            else:
                operation, fit = self._fitted(operation, seen, channel=number)
                found.append(fit)
        return operation, tuple(found)

    def unlike(self, operation: Operation, as_is: Outcome) -> tuple[Text, ...]:
        """Where the team as described waits quite otherwise than its data say, for each channel that is not calibrated.

        Args:
            operation: as described.
            as_is: what it comes to.
        """
        found = []
        for place, channel in enumerate(operation.channels):
            if not channel.has_people or channel.calibrated_on is not None:
                continue
            data = self.of(channel)
            in_writing = channel.kind is ChannelKind.EMAIL
            measured = data.first_response_seconds if in_writing else data.mean_wait_seconds
            model = as_is.response_seconds(Clock.HANDOVER, place).median
            if measured is None or abs(model - measured) < _LEAST_SECONDS_APART:
                continue
            if not 1 / _TIMES_APART <= (model + 1.0) / (measured + 1.0) <= _TIMES_APART:
                found.append(
                    text(
                        "{channel}: as described, customers wait {model}; your data say {measured}. Describe its people, "
                        "handle time and hours before you rely on these numbers.",
                        channel=channel.label(),
                        model=duration(model),
                        measured=duration(measured),
                    )
                )
        return tuple(found)

    def _load_data(self, _version: int, names: tuple[str, ...], on_calls: bool) -> ChannelData:
        return channel_data(self._store, names, on_calls=on_calls)

    def _load_arrivals(self, _version: int, names: tuple[str, ...]) -> tuple[tuple[float, ...], ...] | None:
        try:
            found = arrivals_by_hour(self._contact_files(), names)
        except StorageUnavailable:
            return None  # the hours are an offer; whoever imports is told that files are gone
        return None if found is None else tuple(tuple(float(mean) for mean in row) for row in found)

    def _load_parts(self, _version: int, names: tuple[str, ...], within: float) -> tuple[MeasuredPart, ...]:
        try:
            found = answered_by_hour(self._contact_files(), names, within)
        except StorageUnavailable:
            return ()  # as above
        return () if found is None else measured_parts(*found)

    def _contact_files(self) -> list[Path]:
        folders = {self._contacts / log.id: manifest_of(log) for log in self._store.contact_logs.list()}
        return [path for folder, log in folders.items() for path in readable_files(folder, log)[0].paths(folder)]

    def names(self, channel: Channel) -> tuple[str, ...]:
        """By which names the data may call a channel."""
        return names_of(channel, self._seen(self._store.changes.data_version()))
