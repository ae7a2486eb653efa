"""Calibration on the screen: what was measured, how well the model gets it, and a refusal with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cs_planning.automation.calibration.fits import Fit, outside_tolerance
from cs_planning.automation.calibration.result import Calibration
from cs_planning.automation.calibration.without_abandonment import comparison_sentence, without_abandonment
from cs_planning.automation.team.channel import Channel
from cs_planning.automation.team.measured import Measured, MeasuredPart
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.kpis.service_level import ANSWER_WITHIN_SECONDS
from cs_planning.language import Duration, Percent, Points, Text, listed_texts, rounded, rounded_whole, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import TableBlock, TableColumn, Words
from cs_planning.ui import session
from cs_planning.ui.parts.drawing import draw_table, plain
from cs_planning.ui.what_if.team.fields import Fields
from cs_planning.workspace.scenarios.data.channel_data import ChannelData
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0


def draw_measured(
    fields: Fields,
    data: ChannelData,
    within: float | None,
    at: str,
    slot: str,
    channel: Channel,
    parts: tuple[MeasuredPart, ...],
    *,
    fits_at_once: bool,
) -> Measured | None:
    """What was measured on the channel, from imported data or typed; `None` when it is incomplete or not wanted.

    Args:
        fields: the form.
        data: imported.
        within: the time that the service level counts.
        at, slot: of the channel in the form.
        channel: as it is kept or drafted; what it was calibrated on stands in first.
        parts: of the day, as imported contacts tell them.
        fits_at_once: whether it is calibrated unless somebody switches that off.
    """
    known = data.measured(within if within is not None else ANSWER_WITHIN_SECONDS, parts)
    before = channel.calibrated_on
    wanted = st.toggle(
        _("Calibrate on measured waits"),
        before is not None or (fits_at_once and known is not None),
        key=f"what-if-team-{slot}-calibrate",
        help=hint("calibrate"),
        persist_state="session",
    )
    if not wanted:
        if channel.calibrated_on_calls:
            st.caption(f":green[:material/check_circle:] {_('Calibrated on a log of calls.')}")
        elif known is not None:
            st.caption(_("Your data say how long people wait: switch this on to see whether the model describes them."))
        return None
    start = before or known
    one, two, three = st.columns(3)
    first_level = start.service_level if start else data.service_level
    first_lost = start.abandonment_rate if start else data.abandonment_rate
    first_wait = start.mean_wait_seconds if start else data.mean_wait_seconds
    level = fields.percent(one, f"{at}measured.service_level", _("Service level"), first_level, slot=slot)
    lost = fields.percent(two, f"{at}measured.abandonment_rate", _("Abandonment"), first_lost, slot=slot)
    wait = fields.number(three, f"{at}measured.mean_wait_seconds", _("Mean wait (s)"), first_wait, 1, slot=slot, digits=1)
    missing: tuple[Any, ...] = (level, lost, wait)
    if any(value is None for value in missing):
        st.caption(_("Fill in all three to calibrate."))
        return None
    if level > 1 or lost > 1:
        place = one if level > 1 else two
        place.error(_("A share can't be above 100 %."), icon=":material/error:")
        return None
    if before is not None and known is not None and _has_moved(before, known):
        _offer(known, slot)
    typed = Measured(service_level=level, abandonment_rate=lost, mean_wait_seconds=wait)
    if before is not None and typed == before.model_copy(update={"parts": ()}):
        return before
    return typed.model_copy(update={"parts": parts})


def _has_moved(before: Measured, now: Measured) -> bool:
    """Whether newer data say something else than what was calibrated on."""
    outside = outside_tolerance(
        Fit(predicted=before.service_level, observed=now.service_level),
        Fit(predicted=before.abandonment_rate, observed=now.abandonment_rate),
        Fit(predicted=before.mean_wait_seconds, observed=now.mean_wait_seconds),
        (),
    )
    return bool(outside)


def _offer(now: Measured, slot: str) -> None:
    told = text(
        "Newer data: service level {level}, abandonment {lost}, mean wait {wait}.",
        level=Percent(share=now.service_level, digits=1),
        lost=Percent(share=now.abandonment_rate, digits=1),
        wait=Duration(seconds=now.mean_wait_seconds),
    )
    st.caption(f":orange[:material/update:] {plain(told)}")

    def take() -> None:
        form = f"what-if-team-{slot}"
        session.set_widget(f"{form}-service_level", rounded(_PERCENT * now.service_level, 2))
        session.set_widget(f"{form}-abandonment_rate", rounded(_PERCENT * now.abandonment_rate, 2))
        session.set_widget(f"{form}-mean_wait_seconds", rounded(now.mean_wait_seconds, 1))

    st.button(
        _("Calibrate on the newer data"),
        key=f"what-if-team-{slot}-newer",
        type="tertiary",
        icon=":material/update:",
        on_click=take,
    )


def draw_fit(operation: Operation, fits: Sequence[Calibration | None]) -> None:
    """Whether the model describes each channel, with what is left over beside the word and part by part behind it."""
    with st.container(key="what-if-fit", gap="small"):
        for channel, fit in zip(operation.channels, fits, strict=True):
            if fit is None:
                continue
            _draw_verdict(channel, fit)
            with st.expander(_("By the model and measured"), type="compact", key=f"what-if-fit-{channel.label()}"):
                draw_table(fit_table((fit.service_level, fit.abandonment_rate, fit.mean_wait_seconds)))
                _draw_parts(fit)
                endless = without_abandonment(channel, operation)
                if endless is not None:
                    st.caption(plain(comparison_sentence(endless)))
        if all(fit is None and not one.calibrated_on_calls for one, fit in zip(operation.channels, fits, strict=True)):
            st.caption(
                f":orange[:material/info:] {_('Not calibrated: nothing was measured. Trust differences more than levels.')}"
            )


def _draw_verdict(channel: Channel, fit: Calibration) -> None:
    if not fit.usable:
        for reason in fit.reasons:
            told = text("{channel}: the model does not describe this team: {reason}", channel=channel.label(), reason=reason)
            st.error(plain(told), icon=":material/block:")
        return
    left = left_over(fit)
    if fit.outside:
        told = text(
            "{channel}: not calibrated within the tolerance: {outside}. Trust differences more than levels. {left}",
            channel=channel.label(),
            outside=listed_texts(fit.outside),
            left=left,
        )
        st.caption(f":orange[:material/warning:] {plain(told)}")
        return
    told = text(
        "{channel}: calibrated. {left} {share} of the people on the roster take contacts; patience {patience}.",
        channel=channel.label(),
        left=left,
        share=Percent(share=fit.availability),
        patience=Duration(seconds=rounded_whole(fit.patience_seconds)),
    )
    st.caption(f":green[:material/check_circle:] {plain(told)}")


def left_over(fit: Calibration) -> Text:
    """The residual in a sentence: by the model less measured."""
    return text(
        "Left over: service level {level}, abandonment {lost}, mean wait {wait}.",
        level=Points(points=_PERCENT * fit.service_level.left_over, signed=True),
        lost=Points(points=_PERCENT * fit.abandonment_rate.left_over, signed=True),
        wait=Duration(seconds=fit.mean_wait_seconds.left_over, signed=True),
    )


def _draw_parts(fit: Calibration) -> None:
    if not fit.parts:
        st.caption(_("Parts of the day can't be compared: no imported contacts say when they came and how long they waited."))
        return
    level = CATALOGUE["service_level"]
    rows = []
    for part in fit.parts:
        predicted, observed = _PERCENT * part.service_level.predicted, _PERCENT * part.service_level.observed
        hours = text("{first}:00 to {end}:00", first=str(part.from_hour), end=str(part.to_hour))
        rows.append((hours, quantity(predicted, level), quantity(observed, level), difference(predicted - observed, level)))
    st.caption(_("Service level by part of the day:"))
    draw_table(_table(rows))


def fit_table(fits: tuple[Fit, Fit, Fit]) -> TableBlock:
    """Service level, abandonment and wait: by the model, measured, and what is left over."""
    kpis = (CATALOGUE["service_level"], CATALOGUE["abandonment_rate"], CATALOGUE["asa_mean"])
    names = (text("Service level"), text("Abandonment"), text("Mean wait"))
    rows = []
    for name, kpi, fit, factor in zip(names, kpis, fits, (_PERCENT, _PERCENT, 1.0), strict=True):
        predicted, observed = factor * fit.predicted, factor * fit.observed
        rows.append((name, quantity(predicted, kpi), quantity(observed, kpi), difference(predicted - observed, kpi)))
    return _table(rows)


def _table(rows: Sequence[tuple[Words, ...]]) -> TableBlock:
    return TableBlock(
        columns=(
            TableColumn(name="figure", label=""),
            TableColumn(name="predicted", label=text("Model")),
            TableColumn(name="observed", label=text("As measured")),
            TableColumn(name="rest", label=text("Left over")),
        ),
        rows=tuple(rows),
    )
