"""Small look-alikes of helpdesk exports with known KPI values."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np


@dataclass(frozen=True)
class Ticket:
    number: int
    created: datetime
    response_minutes: float
    resolution_hours: float
    channel: str
    team: str
    satisfied: bool | None
    reopened: bool
    subject: str

    @property
    def answered(self) -> datetime:
        return self.created + timedelta(minutes=self.response_minutes)

    @property
    def solved(self) -> datetime:
        return self.created + timedelta(hours=self.resolution_hours)


def tickets(count: int = 60, seed: int = 1) -> list[Ticket]:
    rng = np.random.default_rng(seed)
    begin = datetime(2025, 1, 2, 9, 0)
    return [
        Ticket(
            number=1000 + place,
            created=begin + timedelta(hours=float(26 * place)),
            response_minutes=float(rng.integers(1, 500)),
            resolution_hours=float(rng.integers(1, 80)),
            channel=str(rng.choice(["email", "chat", "phone"])),
            team=str(rng.choice(["North", "South"])),
            satisfied=[True, False, None][int(rng.integers(0, 3))],
            reopened=bool(rng.random() < 0.2),
            subject=f"Where is order {place}?",
        )
        for place in range(count)
    ]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()


def clock(hours: float) -> str:
    seconds = round(hours * 3600)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def zendesk(log: Sequence[Ticket]) -> bytes:
    header = ["Summation column", "Id", "Requester", "Requester id", "Assignee", "Group", "Subject", "Tags", "Status", "Via"]
    header += ["Created at", "Updated at", "Solved at", "Satisfaction Score", "Group stations", "Reopens"]
    header += [
        "First reply time in minutes",
        "First reply time in minutes within business hours",
        "Full resolution time in minutes",
    ]
    return as_csv(
        header,
        [
            [
                1,
                t.number,
                "A",
                7,
                "B",
                t.team,
                t.subject,
                "order late",
                "Solved",
                t.channel,
                f"{t.created:%Y-%m-%d %H:%M}",
                f"{t.solved:%Y-%m-%d %H:%M}",
                f"{t.solved:%Y-%m-%d %H:%M}",
                {True: "Good", False: "Bad", None: "Offered"}[t.satisfied],
                1,
                int(t.reopened),
                round(t.response_minutes),
                round(t.response_minutes / 3),
                round(t.resolution_hours * 60),
            ]
            for t in log
        ],
    )


def freshdesk(log: Sequence[Ticket]) -> bytes:
    header = ["Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time", "Due by Time"]
    header += [
        "Resolved time",
        "Closed time",
        "Initial response time",
        "First response time (in hrs)",
        "Resolution time (in hrs)",
    ]
    header += ["Agent interactions", "Customer interactions", "Every response status", "Survey results"]
    return as_csv(
        header,
        [
            [
                t.number,
                t.subject,
                "Closed",
                "Low",
                t.channel,
                "Question",
                "B",
                t.team,
                f"{t.created:%Y-%m-%d %H:%M:%S}",
                "",
                f"{t.solved:%Y-%m-%d %H:%M:%S}",
                f"{t.solved:%Y-%m-%d %H:%M:%S}",
                f"{t.answered:%Y-%m-%d %H:%M:%S}",
                "",
                "",
                1,
                1,
                "Within SLA",
                {True: "Satisfied", False: "Very Dissatisfied", None: ""}[t.satisfied],
            ]
            for t in log
        ],
    )


def freshservice(log: Sequence[Ticket]) -> bytes:
    header = [
        "Ticket Id",
        "Subject",
        "Status",
        "Urgency",
        "Impact",
        "Category",
        "Sub-Category",
        "Item",
        "Requester Name",
        "Group",
    ]
    header += [
        "Source",
        "Created Time",
        "Resolved Time",
        "Closed Time",
        "Initial Response Time",
        "First Response Time (in Hrs)",
    ]
    return as_csv(
        header,
        [
            [t.number, t.subject, "Closed", "Low", "Low", "Software", "Mail", "Client", "A", t.team, t.channel]
            + [f"{moment:%d-%m-%Y %H:%M}" for moment in (t.created, t.solved, t.solved, t.answered)]
            + [clock(t.response_minutes / 60)]
            for t in log
        ],
    )


def intercom(log: Sequence[Ticket], zone: str = "America/New_York") -> bytes:
    header = [
        "Conversation ID",
        f"Conversation started at ({zone})",
        f"Updated at ({zone})",
        "Started by",
        "Conversation source",
    ]
    header += ["Current conversation state", "Team currently assigned", "Teammate currently assigned", "Conversation rating"]
    header += [
        "Conversation rating remark",
        "Channel",
        "First response time (seconds)",
        "Fin AI Agent involved",
        "AI Topic",
        "Title",
    ]
    return as_csv(
        header,
        [
            [
                t.number,
                f"{t.created:%Y-%m-%d %H:%M:%S}",
                f"{t.solved:%Y-%m-%d %H:%M:%S}",
                "Customer",
                "Messenger",
                "closed",
                t.team,
                "B",
                {True: 5, False: 2, None: ""}[t.satisfied],
                "",
                t.channel,
                round(t.response_minutes * 60),
                "No",
                "Orders",
                "",
            ]
            for t in log
        ],
    )


def hubspot(log: Sequence[Ticket]) -> bytes:
    header = ["Ticket ID", "Ticket name", "Pipeline", "Ticket status", "Create date", "Close date", "Ticket owner", "Source"]
    header += ["Category", "Time to first agent email reply (HH:mm:ss)", "Associated Company (Primary)"]
    return as_csv(
        header,
        [
            [
                t.number,
                t.subject,
                "Support",
                "Closed",
                f"{t.created:%Y-%m-%d %H:%M}",
                f"{t.solved:%Y-%m-%d %H:%M}",
                "B",
                t.channel,
                "Orders",
                clock(t.response_minutes / 60),
                "Acme",
            ]
            for t in log
        ],
    )


def jira(log: Sequence[Ticket], *, spanish: bool = False) -> bytes:
    header = ["Issue key", "Issue id", "Issue Type", "Summary", "Status", "Reporter", "Created", "Resolved"]
    header += ["Custom field (Request Type)", "Custom field (Time to first response)", "Custom field (Time to resolution)"]
    header += ["Satisfaction rating"]
    if spanish:
        header = [
            "Clave de incidencia",
            "ID de la incidencia",
            "Tipo de Incidencia",
            "Resumen",
            "Estado",
            "Informador",
            "Creada",
        ]
        header += ["Resuelta", "Campo personalizado (Request Type)", "Campo personalizado (Time to first response)"]
        header += ["Campo personalizado (Time to resolution)", "Calificación de satisfacción"]
    return as_csv(
        header,
        [
            [
                f"HD-{t.number}",
                t.number,
                "Service Request",
                t.subject,
                "Done",
                "A",
                f"{t.created:%d/%b/%y %I:%M %p}",
                f"{t.solved:%d/%b/%y %I:%M %p}",
                "Question",
                "-1:30",
                "3:15",
                {True: 5, False: 1, None: ""}[t.satisfied],
            ]
            for t in log
        ],
    )


def servicenow(log: Sequence[Ticket]) -> bytes:
    header = [
        "number",
        "incident_state",
        "contact_type",
        "category",
        "assignment_group",
        "caller_id",
        "opened_at",
        "resolved_at",
    ]
    header += ["closed_at", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla", "sys_created_on", "calendar_stc"]
    return as_csv(
        header,
        [
            [f"INC{t.number}", "Closed", t.channel, "Network", t.team, "Caller 7"]
            + [f"{moment:%d/%m/%Y %H:%M}" for moment in (t.created, t.solved, t.solved)]
            + [0, int(t.reopened), 3, "true", f"{t.created:%d/%m/%Y %H:%M}", round(t.resolution_hours * 3600)]
            for t in log
        ],
    )


def salesforce(log: Sequence[Ticket]) -> bytes:
    header = ["Case Number", "Subject", "Status", "Priority", "Case Origin", "Case Reason", "Case Owner", "Account Name"]
    header += ["Date/Time Opened", "Date/Time Closed", "Escalated", "Closed When Created"]
    return as_csv(
        header,
        [
            [
                t.number,
                t.subject,
                "Closed",
                "Low",
                t.channel,
                "Order",
                "B",
                "Acme",
                f"{t.created.month}/{t.created.day}/{t.created:%Y %I:%M %p}",
                f"{t.solved.month}/{t.solved.day}/{t.solved:%Y %I:%M %p}",
                0,
                0,
            ]
            for t in log
        ],
    )


def gorgias(log: Sequence[Ticket]) -> bytes:
    header = ["Ticket ID", "Subject", "Status", "Channel", "Priority", "Tags", "Created datetime", "Closed datetime"]
    header += ["Ticket Field: AI Intent", "Ticket Field: Contact Reason", "Ticket Field: Resolution"]
    return as_csv(
        header,
        [
            [
                t.number,
                t.subject,
                "closed",
                t.channel,
                "normal",
                "vip",
                f"{t.created:%Y-%m-%dT%H:%M:%S}Z",
                f"{t.solved:%Y-%m-%dT%H:%M:%S}Z",
                "Order::Status",
                "Order::Status::Late",
                "Refund",
            ]
            for t in log
        ],
    )


def explore(log: Sequence[Ticket]) -> bytes:
    header = ["Ticket ID", "Ticket created - Timestamp", "Ticket solved - Timestamp", "Ticket group", "Ticket channel"]
    header += ["MED(First reply time (min))", "MED(Full resolution time (hrs))"]
    return as_csv(
        header,
        [
            [
                t.number,
                f"{t.created:%Y-%m-%dT%H:%M:%S}",
                f"{t.solved:%Y-%m-%dT%H:%M:%S}",
                t.team,
                t.channel,
                f"{t.response_minutes:.0f}",
                f"{t.resolution_hours:.2f}",
            ]
            for t in log
        ],
    )


def generic(log: Sequence[Ticket], encoding: str = "utf-8") -> bytes:
    header = ["受付番号", "受付日時", "初回返信日時", "対応完了日時", "チャネル", "担当グループ", "満足度", "件名"]
    return (
        as_csv(
            header,
            [
                [
                    t.number,
                    f"{t.created:%Y/%m/%d %H:%M}",
                    f"{t.answered:%Y/%m/%d %H:%M}",
                    f"{t.solved:%Y/%m/%d %H:%M}",
                    {"email": "メール", "chat": "チャット", "phone": "電話"}[t.channel],
                    t.team,
                    {True: "満足", False: "不満", None: ""}[t.satisfied],
                    "注文について",
                ]
                for t in log
            ],
        )
        .decode()
        .encode(encoding)
    )


def help_scout(log: Sequence[Ticket]) -> bytes:
    header = ["Conversation Number", "Subject", "Mailbox", "Type", "Status", "Tags", "Created at", "Closed at"]
    header += [
        "First Response Time",
        "Resolution Time",
        "Replies Sent",
        "Replies to Resolve",
        "Resolved on First Reply",
        "Rating",
    ]
    return as_csv(
        header,
        [
            [
                t.number,
                t.subject,
                t.team,
                t.channel,
                "closed",
                "order",
                f"{t.created:%Y-%m-%d %H:%M:%S}",
                f"{t.solved:%Y-%m-%d %H:%M:%S}",
                round(t.response_minutes * 60),
                round(t.resolution_hours * 3600),
                2,
                2,
                "No",
                {True: "Great", False: "Not good", None: ""}[t.satisfied],
            ]
            for t in log
        ],
    )


def zendesk_japanese(log: Sequence[Ticket]) -> bytes:
    header = ["チケットID", "依頼者", "依頼者ID", "割り当て先", "グループ", "件名", "タグ", "ステータス", "チャネル"]
    header += ["作成日時", "更新日時", "解決日時", "満足度スコア", "初回返信時間 (分)", "完全解決時間 (分)"]
    return as_csv(
        header,
        [
            [
                t.number,
                "A",
                7,
                "B",
                t.team,
                "注文について",
                "注文 遅延",
                "解決済み",
                {"email": "メール", "chat": "チャット", "phone": "電話"}[t.channel],
                f"{t.created:%Y-%m-%d %H:%M}",
                f"{t.solved:%Y-%m-%d %H:%M}",
                f"{t.solved:%Y-%m-%d %H:%M}",
                {True: "良い", False: "悪い", None: "送信済み"}[t.satisfied],
                round(t.response_minutes),
                round(t.resolution_hours * 60),
            ]
            for t in log
        ],
    )


RESPONSE, RESOLUTION, SATISFACTION = "first_response_minutes", "resolution_hours", "csat_satisfied"


@dataclass(frozen=True)
class Export:
    """A helpdesk's export: how it is written, what it gives beside the arrival, and the moment that dates an answer."""

    write: Callable[[Sequence[Ticket]], bytes]
    gives: tuple[str, ...]
    rated: str = "created"


EXPORTS = {
    "freshdesk": Export(freshdesk, (RESPONSE, RESOLUTION, SATISFACTION)),
    "freshservice": Export(freshservice, (RESPONSE, RESOLUTION)),
    "gorgias": Export(gorgias, (RESOLUTION,)),
    "help_scout": Export(help_scout, (RESPONSE, RESOLUTION, SATISFACTION)),
    "hubspot": Export(hubspot, (RESPONSE, RESOLUTION)),
    "intercom": Export(intercom, (RESPONSE, SATISFACTION), rated="solved"),
    "jira_service_management": Export(jira, (RESOLUTION, SATISFACTION)),
    "salesforce_service_cloud": Export(salesforce, (RESOLUTION,)),
    "servicenow": Export(servicenow, (RESOLUTION,)),
    "zendesk": Export(zendesk, (RESPONSE, RESOLUTION, SATISFACTION)),
    "zendesk_explore": Export(explore, (RESPONSE, RESOLUTION)),
    "zendesk_japanese": Export(zendesk_japanese, (RESPONSE, RESOLUTION, SATISFACTION)),
}
"""The export of each helpdesk by the name of its data file."""
