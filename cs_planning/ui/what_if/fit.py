"""Calibration on the screen: what was measured, how well the model gets it, and a refusal with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cs_planning.automation.calibration.calibrate import Calibration, Fit, Measured
from cs_planning.automation.calibration.without_abandonment import comparison_sentence, without_abandonment
from cs_planning.automation.team.operation import Operation
from cs_planning.kpis.catalogue import CATALOGUE
from cs_planning.kpis.quantity import difference, quantity
from cs_planning.language import Duration, Percent, text
from cs_planning.language import gettext as _
from cs_planning.notebook.blocks.block import Column, Table
from cs_planning.ui.parts.drawing import draw_table, plain
from cs_planning.ui.what_if.fields import Fields
from cs_planning.workspace.scenarios.operation_data import ChannelData
from cs_planning.workspace.words.fields import hint

_PERCENT = 100.0


def draw_measured(
    fields: Fields, data: ChannelData, within: float | None, at: str, slot: str, *, roster_known: bool, on_calls: bool = False
) -> Measured | None:
    """What was measured on the channel, from imported data or typed; `None` when it is incomplete or not wanted."""
    known = data.measured(within if within is not None else 60.0)
    wanted = st.toggle(
        _("Calibrate on measured waits"),
        known is not None and roster_known and not on_calls,
        key=f"what-if-team-{slot}-calibrate",
        help=hint("calibrate"),
        persist_state="session",
    )
    if not wanted:
        if on_calls:
            st.caption(f":green[:material/check_circle:] {_('Calibrated on a log of calls.')}")
        return None
    one, two, three = st.columns(3)
    level = fields.percent(one, f"{at}measured.service_level", _("Service level"), data.service_level, slot=slot)
    lost = fields.percent(two, f"{at}measured.abandonment_rate", _("Abandonment"), data.abandonment_rate, slot=slot)
    start = known.mean_wait_seconds if known else data.mean_wait_seconds
    wait = fields.number(
        three,
        f"{at}measured.mean_wait_seconds",
        _("Mean wait (s)"),
        None if start is None else round(start, 1),
        1,
        slot=slot,
    )
    missing: tuple[Any, ...] = (level, lost, wait)
    if any(value is None for value in missing):
        st.caption(_("Fill in all three to calibrate."))
        return None
    if level > 1 or lost > 1:
        place = one if level > 1 else two
        place.error(_("A share can't be above 100 %."), icon=":material/error:")
        return None
    return Measured(service_level=level, abandonment_rate=lost, mean_wait_seconds=wait)


def draw_fit(operation: Operation, fits: Sequence[Calibration | None]) -> None:
    """Whether the model describes each channel, in a line each, with what is left over behind it."""
    with st.container(key="what-if-fit", gap="small"):
        for channel, fit in zip(operation.channels, fits, strict=True):
            if fit is None:
                continue
            if not fit.usable:
                for reason in fit.reasons:
                    told = text(
                        "{channel}: the model does not describe this team: {reason}", channel=channel.label(), reason=reason
                    )
                    st.error(plain(told), icon=":material/block:")
            else:
                told = text(
                    "{channel}: calibrated. {share} of the people on the roster take contacts; patience {patience}.",
                    channel=channel.label(),
                    share=Percent(share=fit.availability),
                    patience=Duration(seconds=round(fit.patience_seconds)),
                )
                st.caption(f":green[:material/check_circle:] {plain(told)}")
            with st.expander(_("By the model and measured"), type="compact", key=f"what-if-fit-{channel.label()}"):
                draw_table(fit_table((fit.service_level, fit.abandonment_rate, fit.mean_wait_seconds)))
                endless = without_abandonment(channel, operation)
                if endless is not None:
                    st.caption(plain(comparison_sentence(endless)))
        if all(fit is None and not one.calibrated_on_calls for one, fit in zip(operation.channels, fits, strict=True)):
            st.caption(
                f":orange[:material/info:] {_('Not calibrated: nothing was measured. Trust differences more than levels.')}"
            )


def fit_table(fits: tuple[Fit, Fit, Fit]) -> Table:
    """Service level, abandonment and wait: by the model, measured, and what is left over."""
    kpis = (CATALOGUE["service_level"], CATALOGUE["abandonment_rate"], CATALOGUE["asa_mean"])
    names = (text("Service level"), text("Abandonment"), text("Mean wait"))
    rows = []
    for name, kpi, fit, factor in zip(names, kpis, fits, (_PERCENT, _PERCENT, 1.0), strict=True):
        predicted, observed = factor * fit.predicted, factor * fit.observed
        rows.append((name, quantity(predicted, kpi), quantity(observed, kpi), difference(predicted - observed, kpi)))
    return Table(
        columns=(
            Column(name="figure", label=""),
            Column(name="predicted", label=text("Model")),
            Column(name="observed", label=text("Measured")),
            Column(name="rest", label=text("Left over")),
        ),
        rows=tuple(rows),
    )
