"""The form of a goal: fields in, a goal out.  It keeps no goal of its own; the widgets' values are the draft."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

import streamlit as st

from cs_planning.goals.drafts.first_draft import types_for
from cs_planning.goals.goal import Goal, GoalType, Measure, Milestone, goal_from_fields
from cs_planning.goals.naming import described
from cs_planning.kpis.catalogue import CATALOGUE, KGIS
from cs_planning.kpis.frequency import Frequency
from cs_planning.kpis.quantity import unit_label
from cs_planning.kpis.series import SeriesKey
from cs_planning.language import gettext as _
from cs_planning.language import text
from cs_planning.ui import session
from cs_planning.ui.parts import target_slider
from cs_planning.ui.parts.drawing import TYPE_ICONS, plain
from cs_planning.ui.parts.series_names import series_names
from cs_planning.workspace import SeriesInfo
from cs_planning.workspace.goals.target_range import TargetRange
from cs_planning.workspace.words.fields import hint
from cs_planning.workspace.words.terms import TERMS, meaning

_RHYTHMS = (Frequency.MONTH, Frequency.WEEK, Frequency.QUARTER, Frequency.DAY, Frequency.YEAR)
LIVE = "350ms"


class GoalForm:
    """The widgets of one goal; `name` keeps the drafts of different goals apart."""

    def __init__(self, name: str, base: Goal | None) -> None:
        self._name = name
        self._base = base

    @property
    def name(self) -> str:
        """Under which what is typed is kept."""
        return self._name

    @property
    def base(self) -> Goal | None:
        """The goal as it was opened; `None` for a new one."""
        return self._base

    def key(self, field: str) -> str:
        """The widget of a field; the targets of another KPI, rhythm or measure are other widgets."""
        if field in {"floor", "primary", "stretch"}:
            parts = [session.kept(f"{self._name}.{part}", "") for part in ("series", "frequency", "direction", "measure")]
            return f"{self._name}-{field}-{'-'.join(map(str, parts))}"
        if field == "guard_series":
            return f"{self._name}-{field}-{session.kept(f'{self._name}.frequency', '')}"
        return f"{self._name}-{field}"

    def apply(self, fix: dict[str, Any]) -> None:
        """Sets the widgets of the fields that a finding wants changed; a callback."""
        for field, value in fix.items():
            widget = value.isoformat() if isinstance(value, date) else getattr(value, "value", value)
            if field == "deadline":
                session.keep(f"{self._name}.deadline", widget)
                session.set_widget(self.key("time-kind"), None)
                for kind in ("", "-half", "-year"):
                    session.set_widget(f"{self.key('quarter')}{kind}", None)
            elif field == "milestones":
                session.keep(f"{self._name}.milestones", [one.model_dump_json() for one in value])
                session.keep(f"{self._name}.milestones-taken", session.kept(f"{self._name}.milestones-taken", 0) + 1)
            else:
                session.set_widget(self.key(field), widget)

    def milestones(self, goal: Goal) -> tuple[str, tuple[Milestone, ...]]:
        """The key of the table of milestones, and what it begins with: those that a finding suggested, else the goal's own."""
        suggested = tuple(Milestone.model_validate_json(one) for one in session.kept(f"{self._name}.milestones", []))
        is_inside = all(
            (goal.start is None or goal.start <= one.due) and (goal.deadline is None or one.due <= goal.deadline)
            for one in suggested
        )
        taken = session.kept(f"{self._name}.milestones-taken", 0)
        key = f"{self.key('milestones')}-{goal.series}-{goal.frequency}-{goal.start}-{goal.deadline}-{taken}"
        return key, (suggested if is_inside else ()) or goal.milestones

    def begin_with(self, series: str | None, infos: Sequence[SeriesInfo]) -> None:
        """Begins a new goal with the KPI of an address and the kind of goal that suits it; once for each address."""
        info = next((one for one in infos if str(one.key) == series), None)
        begun = f"begun.{self._name}"
        if info is None or self._base is not None or session.kept(begun) == series:
            return
        session.forget_widgets(self._name)
        session.keep(begun, series)
        session.keep(f"{begun}.type", types_for(info.kpi)[0].value)

    def draw_type(self) -> GoalType:
        """The four kinds of goal."""
        chosen = st.segmented_control(
            _("What kind of goal is it?"),
            [kind.value for kind in GoalType],
            default=self._start("type", GoalType(session.kept(f"begun.{self._name}.type", GoalType.OPERATIONAL.value))),
            required=True,
            format_func=lambda value: f"{TYPE_ICONS[GoalType(value)]} {GoalType(value).label}",
            key=self.key("type"),
            disabled=self._base is not None and bool(self._base.id),
            persist_state="session",
            help=hint("type"),
        )
        return GoalType(chosen or GoalType.OPERATIONAL)

    def draw_kpi(
        self, infos: Sequence[SeriesInfo], suited: Sequence[str], unmeasured: Sequence[str], usual: Callable[[], str | None]
    ) -> tuple[str, Frequency] | None:
        """The KPI with its scope, those that suit the type first, and the rhythm in which it is read.

        `None` while the data of a goal's KPI are gone and no other KPI is chosen: nothing may move to another KPI by itself.

        Args:
            infos: what is recorded.
            suited: the recorded KPIs that suit the type.
            unmeasured: usual KPIs of the type, of the catalogue, that nobody records yet.
            usual: the series that a new goal begins with, asked only where the visitor has not chosen.
        """
        known = {str(info.key): info.kpi.id in CATALOGUE for info in infos}
        keys = sorted(known, key=lambda key: (key.split("|")[0] not in suited, not known[key], key.count("|"), key))
        names = series_names(infos)
        lost = self._lost(known)
        for key in self._to_measure(unmeasured):
            if key not in known:
                known[key] = True
                keys.append(key)
                names[key] = str(text("{kpi} (not measured yet)", kpi=described(SeriesKey.parse(key).kpi).name))
        if lost is not None:
            words = text("The data of this goal’s KPI, {kpi}, are no longer here.", kpi=described(lost.kpi).name)
            advice = text("Import them again, or choose another KPI for this goal.")
            st.warning(f"{plain(words)}  \n{plain(advice)}", icon=":material/database_off:")
        begun = session.kept(f"begun.{self._name}") if self._base is None else None
        start = self._start("series", None) or begun or self._proposed((*suited, *unmeasured), usual) or keys[0]
        series = st.selectbox(
            _("KPI"),
            keys,
            index=keys.index(start) if start in keys else None if lost is not None else 0,
            format_func=lambda key: names[key],
            placeholder=_("Choose another KPI"),
            help=meaning("kpi"),
            key=self.key("series"),
            persist_state="session",
        )
        if series is None:
            return None
        recorded = {info.frequency for info in infos if str(info.key) == series}
        rhythms = [one for one in _RHYTHMS if one in recorded]
        rhythms = rhythms or [Frequency.MONTH, Frequency.WEEK, Frequency.QUARTER]
        wanted = self._start("frequency", rhythms[0])
        chosen = st.segmented_control(
            _("Read"),
            [one.value for one in rhythms],
            default=wanted if wanted in rhythms else rhythms[0],
            required=True,
            format_func=lambda value: str(Frequency(value).label),
            help=meaning("rhythm"),
            key=f"{self.key('frequency')}-{series}",
            persist_state="session",
        )
        return str(series), Frequency(chosen or rhythms[0])

    def _lost(self, known: Collection[str]) -> SeriesKey | None:
        """The KPI of a goal whose data are gone; one that is to be measured first never had any."""
        base = self._base
        return base.key if base is not None and base.series not in known and base.measuring is None else None

    def _to_measure(self, unmeasured: Sequence[str]) -> list[str]:
        """The KPIs that can be measured first: what the goal is about by now, if it is such a one, before the usual ones."""
        base = self._base
        if base is None or base.series is None:
            return list(unmeasured)
        others = [key for key in unmeasured if key != base.series]
        return [base.series, *others] if base.measuring is not None else others

    def _proposed(self, suited: Sequence[str], usual: Callable[[], str | None]) -> str | None:
        """The KPI that a new goal begins with; it moves with the kind of goal until the visitor chooses one."""
        chosen, proposed = session.widget_value(self.key("series")), session.kept(f"{self._name}.proposed")
        if chosen is not None and (chosen != proposed or chosen.split("|")[0] in suited):
            return None
        found = usual()
        if found is not None:
            session.keep(f"{self._name}.proposed", found)
            if chosen is not None:
                session.set_widget(self.key("series"), found)
        return found

    def draw_measure(self, drafted: Goal) -> Measure:
        """What of the KPI is compared with the target."""
        options = [measure.value for measure in Measure]
        start = self._start("measure", drafted.measure)
        chosen = st.selectbox(
            _("The target counts"),
            options,
            index=options.index(start),
            format_func=lambda value: str(Measure(value).label),
            help=meaning("measure"),
            key=f"{self.key('measure')}-{drafted.series}",
            persist_state="session",
        )
        return Measure(chosen)

    def remember_question(self, drafted: Goal, measure: Measure) -> None:
        """Notes which KPI and measure the target widgets belong to."""
        for part, value in (
            ("series", drafted.series),
            ("frequency", drafted.frequency.value),
            ("direction", drafted.direction.value),
            ("measure", measure.value),
        ):
            session.keep(f"{self._name}.{part}", value)

    def draw_targets(self, drafted: Goal, span: TargetRange) -> tuple[float | None, float | None]:
        """The primary and the stretch target, on sliders over what the KPI has done and may do."""
        label = str(text("Target ({unit})", unit=unit_label(span.kpi)))
        values = []
        for field, name in (("primary", label), ("stretch", _("Stretch target"))):
            wanted = getattr(self._base, field, None) if self._base is not None else None
            wanted = getattr(drafted, field) if wanted is None else wanted
            helped = meaning("target") if field == "primary" else meaning("stretch")
            values.append(target_slider.draw(name, span, wanted, self.key(field), helped, persists=True))
        return values[0], values[1]

    def draw_title(self, sentence: str, own: str) -> str:
        """The goal in one sentence: as it is typed, else `sentence`, which its fields make; it begins with its `own` one."""
        return self._line("title", _("The goal in one sentence"), 300, sentence, own) or sentence

    def draw_people(self) -> dict[str, Any]:
        """Who, why and how."""
        owner, team = st.columns(2)
        fields: dict[str, Any] = {}
        with owner:
            fields["owner"] = self._line("owner", _("Owner"), 300, _("One person, by name"))
        with team:
            fields["team"] = self._line("team", _("Team or scope"), 300, "")
        fields["why"] = self._line("why", _("Why it matters"), 2000, _("What customers or the company gain"))
        fields["how"] = self._line("how", _("How it will be reached"), 2000, _("What will be done differently"))
        options = list(KGIS)
        start = self._start("objective", None)
        fields["objective"] = st.selectbox(
            _("Which company goal does it serve?"),
            options,
            index=options.index(start) if start in options else None,
            format_func=lambda chosen: str(KGIS[chosen].name),
            placeholder=_("None chosen"),
            help=meaning("objective"),
            key=self.key("objective"),
            persist_state="session",
        )
        return fields

    def draw_type_fields(self, type: GoalType, infos: Sequence[SeriesInfo], frequency: Frequency) -> dict[str, Any]:
        """The fields that only this type of goal has, and the guard KPI."""
        fields: dict[str, Any] = {}
        match type:
            case GoalType.OPERATIONAL:
                fields["process"] = self._line("process", _("Process that changes"), 300, _("e.g. e-mail routing"))
            case GoalType.SATISFACTION:
                one, two, three = st.columns(3)
                with one:
                    fields["survey"] = self._line("survey", _("Survey"), 300, _("e.g. after each ticket"))
                with two:
                    fields["customer_group"] = self._line("customer_group", _("Customer group"), 300, _("e.g. business"))
                fields["minimum_answers"] = self._number(
                    "minimum_answers", _("Fewest answers that count"), three, 1, 30, step=1
                )
            case GoalType.TRAINING:
                one, two = st.columns(2)
                with one:
                    fields["programme"] = self._line("programme", _("Programme"), 300, _("e.g. product knowledge"))
                with two:
                    fields["audience"] = self._line("audience", _("Audience"), 300, _("e.g. all new agents"))
                places = st.columns(3)
                fields["sessions_planned"] = self._number("sessions_planned", _("Sessions planned"), places[0], 0, 0, step=1)
                fields["sessions_held"] = self._number("sessions_held", _("Sessions held"), places[1], 0, 0, step=1)
                fields["trained_percent"] = self._number("trained_percent", _("Trained so far (%)"), places[2], 0.0, 0.0, 100.0)
                places = st.columns(3)
                with places[0]:
                    fields["skill_measure"] = self._line("skill_measure", _("Skill measured by"), 300, _("e.g. quiz score"))
                fields["skill_before"] = self._number("skill_before", _("Skill before"), places[1], None, None)
                fields["skill_after"] = self._number("skill_after", _("Skill after"), places[2], None, None)
            case GoalType.FINANCIAL:
                one, two = st.columns(2)
                with one:
                    fields["cost_scope"] = self._line("cost_scope", _("Which cost"), 300, _("e.g. outsourced tickets"))
                fields["budget"] = self._number("budget", _("Budget for reaching it"), two, 0.0, None)
        return fields | self._draw_guard(infos, frequency)

    def _draw_guard(self, infos: Sequence[SeriesInfo], frequency: Frequency) -> dict[str, Any]:
        fitting = series_names([info for info in infos if info.frequency is frequency])
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        start = self._start("guard_series", None)
        options = list(fitting)
        guard = left.selectbox(
            _("KPI that must not suffer"),
            options,
            index=options.index(start) if start in options else None,
            format_func=lambda key: fitting[key],
            placeholder=_("None chosen"),
            help=meaning("guard"),
            key=self.key("guard_series"),
            persist_state="session",
        )
        limit = self._number("guard_limit", _("It must keep"), right, None, None) if guard else None
        return {"guard_series": guard, "guard_limit": limit}

    def typed_title(self) -> str:
        """The sentence as it was typed; empty while the one that the fields make stands."""
        return str(session.widget_value(self.key("title"), "") or "")

    def assemble(self, drafted: Goal, fields: dict[str, Any]) -> Goal:
        """The goal of the fields, over what the form does not show."""
        base = self._base if self._base is not None else drafted
        kept = base.model_dump() if base.type == drafted.type else drafted.model_dump()
        return goal_from_fields(kept | fields)

    def _start(self, field: str, default: Any) -> Any:
        value = getattr(self._base, field, default) if self._base is not None else default
        return getattr(value, "value", value)

    def _line(self, field: str, label: str, limit: int, example: str, begins: str | None = None) -> str:
        value = st.text_input(
            label,
            str(self._start(field, "") or "") if begins is None else begins,
            max_chars=limit,
            placeholder=example,
            help=meaning(field) if field in TERMS else hint(f"goal.{field}"),
            key=self.key(field),
            live=LIVE,
            persist_state="session",
        )
        return (value or "").strip()

    def _number(
        self,
        field: str,
        label: str,
        place: Any,
        least: float | None,
        start: float | None,
        most: float | None = None,
        step: Any = None,
    ) -> Any:
        return place.number_input(
            label,
            min_value=least,
            max_value=most,
            value=self._start(field, start),
            step=step,
            help=hint(f"goal.{field}"),
            key=self.key(field),
            persist_state="session",
        )
