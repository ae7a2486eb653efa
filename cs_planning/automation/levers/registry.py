"""Every lever that there is, known by its `kind`."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from cs_planning.automation.levers.demand import ChatbotLever, DemandLever, SelfServiceLever
from cs_planning.automation.levers.lever import AnyLever
from cs_planning.automation.levers.people import AgentAssistLever, OutsourcingLever, RoutingLever, StaffingLever, TrainingLever

Lever = Annotated[
    ChatbotLever
    | SelfServiceLever
    | AgentAssistLever
    | RoutingLever
    | StaffingLever
    | OutsourcingLever
    | TrainingLever
    | DemandLever,
    Field(discriminator="kind"),
]
"""Any lever, known by its `kind`."""

LEVERS: tuple[type[AnyLever], ...] = get_args(get_args(Lever)[0])
"""Every lever that there is."""

SHARED_FIELDS = frozenset({*AnyLever.model_fields, "kind"})
"""The fields that all levers have."""
