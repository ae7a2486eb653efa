"""Every channel of imported data fills itself; what no data tells is a usual value until somebody confirms it."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from cs_planning.automation.scenarios.scenario import simulate
from cs_planning.automation.team.channel import ChannelKind
from cs_planning.kpis.calendar.opening_hours import OpeningHours, read_week
from cs_planning.workspace import Save
from cs_planning.workspace.scenarios.data.drafted import contacts_shown
from cs_planning.workspace.scenarios.told.usual import usual_words

NOW = datetime(2026, 11, 10, tzinfo=UTC)


def imported(workspace, name, table):
    workspace.data.import_file(name, table.encode(), save=Save("t", name, NOW))


def by_channel(*channels, contacts=("300", "120", "80")):
    """Daily contacts of three weeks by channel."""
    rows = [
        f"2026-10-{day:02d},{channel},{count}"
        for day in range(1, 22)
        for channel, count in zip(channels, contacts, strict=False)
    ]
    return "Date,Channel,Contacts\n" + "\n".join(rows) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "names", [("電話", "チャット", "メール"), ("Phone", "Live chat", "E-mail"), ("Telefon", "Chat", "Tickets")]
)
def test_every_channel_of_the_data_fills_itself_whatever_its_language(workspace, names):
    imported(workspace, "contacts.csv", by_channel(*names))
    operation = workspace.what_if.data.drafted("EUR").operation
    assert [(one.kind, one.volume_per_day) for one in operation.channels] == [
        (ChannelKind.PHONE, 300),
        (ChannelKind.CHAT, 120),
        (ChannelKind.EMAIL, 80),
    ]
    for channel, contacts in zip(operation.channels, (300, 120, 80), strict=True):
        assert workspace.what_if.data.of(channel).contacts_per_day == contacts


def test_two_queues_of_a_kind_stay_apart_under_their_names(workspace):
    imported(workspace, "contacts.csv", by_channel("Chat", "LINE", contacts=("100", "50")))
    operation = workspace.what_if.data.drafted("EUR").operation
    assert [(one.name, one.volume_per_day) for one in operation.channels] == [("Chat", 100), ("LINE", 50)]
    assert [workspace.what_if.data.of(one).contacts_per_day for one in operation.channels] == [100, 50]


def test_a_social_network_is_a_channel_of_its_own(workspace):
    imported(workspace, "contacts.csv", by_channel("Phone", "Instagram"))
    operation = workspace.what_if.data.drafted("EUR").operation
    assert [(one.kind, one.name, one.volume_per_day) for one in operation.channels] == [
        (ChannelKind.PHONE, "", 300),
        (ChannelKind.EMAIL, "Instagram", 120),
    ]


def test_a_channel_of_an_unknown_kind_is_said_and_not_taken(workspace):
    imported(workspace, "contacts.csv", by_channel("電話", "店舗"))
    assert len(workspace.what_if.data.drafted("JPY").operation.channels) == 1
    assert workspace.what_if.data.unknown_channels() == ("店舗",)


CALLS = (
    "Date,Calls offered,Calls handled,Calls abandoned,Average speed of answer (s),Average handle time (s),Service level (%)\n"
)


@pytest.mark.slow
def test_call_statistics_are_those_of_the_telephone_beside_other_channels(workspace):
    rows = [f"2026-10-{day:02d},463,439,24,9.6,366,88.8" for day in range(1, 22)]
    imported(workspace, "calls.csv", CALLS + "\n".join(rows) + "\n")
    imported(workspace, "contacts.csv", by_channel("チャット", "メール"))
    phone, chat, mail = workspace.what_if.data.drafted("JPY").operation.channels
    assert (phone.kind, phone.volume_per_day, phone.handle_time_seconds) == (ChannelKind.PHONE, 463, 366)
    assert (chat.volume_per_day, mail.volume_per_day) == (300, 120)
    assert workspace.what_if.data.of(phone).mean_wait_seconds == pytest.approx(9.6)
    assert workspace.what_if.data.of(chat).mean_wait_seconds is None, "a chat has nothing of the calls"


def test_what_no_data_tells_is_named_as_a_usual_value(workspace):
    imported(workspace, "contacts.csv", by_channel("電話", "チャット", "メール"))
    operation = workspace.what_if.data.drafted("EUR").operation
    named = set(operation.usual_values)
    assert {"cost_per_agent_hour", "shrinkage", "channels.1.handle_time_seconds", "channels.2.agents"} <= named
    assert not {"channels.0.contacts_per_day", "channels.1.contacts_per_day", "days_per_month"} & named
    told = str(usual_words(operation))
    assert told.startswith("With usual values for Cost of a paid hour")
    assert told.count("Chat (") == 1 and "Handle time (seconds)" in told[told.index("Chat (") :], "a channel is named once"
    assert usual_words(operation.model_copy(update={"usual_values": ()})) is None


def test_a_handful_of_contacts_a_week_is_not_none_and_not_one_a_day(workspace):
    assert [contacts_shown(contacts) for contacts in (0.01, 0.4, 9.96, 10.4, 463.2)] == [0.1, 0.4, 10.0, 10.0, 463.0]
    days = [f"2026-{month:02d}-{day:02d}" for month in (7, 8, 9) for day in range(2, 29, 3)]
    rows = [f"m{number},{day} 10:00,{day} 12:00,メール" for number, day in enumerate(days)]
    imported(workspace, "contacts.csv", "Ticket ID,Created at,Solved at,Channel\n" + "\n".join(rows) + "\n")
    mail = next(one for one in workspace.what_if.data.drafted("EUR").operation.channels if one.kind is ChannelKind.EMAIL)
    assert 0.2 < mail.volume_per_day < 0.6


def daily(channel, contacts, days=range(7), weeks=8, handle=""):
    """Daily contacts of a channel on some days of the week, from Monday 2026-08-03 on."""
    first = date(2026, 8, 3)
    all_days = [first + timedelta(days=number) for number in range(7 * weeks)]
    return [f"{day},{channel},{contacts},{handle}" for day in all_days if day.weekday() in days]


HEAD = "Date,Channel,Contacts,Average handle time (s)\n"


def test_a_month_of_each_channel_has_its_own_open_days(workspace):
    rows = daily("電話", 400, handle=300) + daily("メール", 99, days=range(5), handle=600)
    imported(workspace, "contacts.csv", HEAD + "\n".join(rows) + "\n")
    operation = workspace.what_if.data.drafted("JPY").operation
    phone, mail = operation.channels
    assert (operation.open_days_of(phone), mail.volume_per_day) == (30, 99)
    assert operation.open_days_of(mail) == pytest.approx(21.7, abs=0.4), "five days a week, whatever the telephone does"
    after = simulate(operation, [], draws=16).as_is
    assert float(np.median(after.channels[1].draws.contacts.offered)) == pytest.approx(99 * 21.7, rel=0.05)


def test_mail_that_comes_on_days_without_work_keeps_its_contacts_of_a_week(workspace):
    imported(workspace, "contacts.csv", HEAD + "\n".join(daily("メール", 74, handle=600)) + "\n")
    weekdays = OpeningHours(week=read_week("mon-fri 09:00-18:00"), time_zone="Asia/Tokyo")
    (worked,) = workspace.what_if.data.drafted("JPY", weekdays).operation.channels
    assert worked.volume_per_day * worked.open_days_per_week == pytest.approx(7 * 74, rel=0.02)
    (unknown,) = workspace.what_if.data.drafted("JPY").operation.channels
    assert (unknown.volume_per_day, unknown.open_days_per_week) == (74, 7), "nobody said when it is worked on"
    assert "channels.0.open_weekdays" in workspace.what_if.data.drafted("JPY").operation.usual_values


def test_drafted_chat_has_people_for_what_it_gets(workspace):
    imported(workspace, "contacts.csv", HEAD + "\n".join(daily("チャット", 130, handle=540)) + "\n")
    operation = workspace.what_if.data.drafted("JPY").operation
    as_is = simulate(operation, [], draws=64).as_is
    assert as_is.channels[0].service_level.median > 0.7
    assert not any("at least as much work" in str(one) for one in as_is.warnings)


@pytest.mark.slow
@pytest.mark.parametrize("first", ["calls", "contacts"])
def test_call_statistics_are_found_whichever_file_came_first(workspace, first):
    rows = [f"2026-10-{day:02d},463,439,24,9.6,366,88.8" for day in range(1, 22)]
    files = {"calls": CALLS + "\n".join(rows) + "\n", "contacts": by_channel("チャット", "メール")}
    for name in sorted(files, key=lambda one: one != first):
        imported(workspace, f"{name}.csv", files[name])
    found = workspace.what_if.data.drafted("JPY").operation.channels
    assert [(one.kind, one.volume_per_day) for one in found] == [
        (ChannelKind.PHONE, 463),
        (ChannelKind.CHAT, 300),
        (ChannelKind.EMAIL, 120),
    ]


def test_mail_that_comes_from_monday_to_friday_waits_for_no_weekend(workspace):
    imported(workspace, "contacts.csv", HEAD + "\n".join(daily("メール", 99, days=range(5), handle=600)) + "\n")
    (mail,) = workspace.what_if.data.drafted("JPY").operation.channels
    assert mail.arrival_weekdays == (0, 1, 2, 3, 4)
    always = mail.model_copy(update={"arrival_weekdays": tuple(range(7))})
    team = workspace.what_if.data.drafted("JPY").operation
    waits = [
        simulate(team.model_copy(update={"channels": (one,)}), [], draws=16).as_is.mean_wait_seconds.median / 3600
        for one in (mail, always)
    ]
    assert waits[0] < 12 and waits[1] > waits[0] + 10, "a Saturday's letter waits until Monday; none is written then"


@pytest.mark.parametrize(
    ("header", "periods", "weekly"),
    [
        ("Month", ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"], 25_200),
        ("Week", ["2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"], 6_000),
    ],
)
def test_a_month_or_a_week_that_was_running_when_it_was_imported_makes_no_day_smaller(workspace, header, periods, weekly):
    rows = [f"{one},{weekly},300" for one in periods[:-1]] + [f"{periods[-1]},{weekly // 6},300"]
    table = f"{header},Contacts,Average handle time (s)\n" + "\n".join(rows) + "\n"
    workspace.data.import_file("f.csv", table.encode(), save=Save("t", "1", datetime(2026, 11, 5, tzinfo=UTC)))
    assert workspace.what_if.data.drafted("EUR").operation.channels[0].contacts_per_day == 1200
    whole = table.replace(rows[-1], f"{periods[-1]},{weekly * 2},300")
    workspace.data.import_file("f.csv", whole.encode(), save=Save("t", "2", datetime(2026, 12, 1, tzinfo=UTC)))
    assert workspace.what_if.data.drafted("EUR").operation.channels[0].contacts_per_day > 1200, "it is over by now"
