"""Every channel of imported data fills itself; what no data tells is a usual value until somebody confirms it."""

from datetime import UTC, datetime

import pytest

from cs_planning.automation.team.operation import ChannelKind
from cs_planning.workspace import Save
from cs_planning.workspace.scenarios.operation_data import contacts_shown
from cs_planning.workspace.scenarios.usual import usual_words

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
    operation = workspace.what_if.drafted("EUR").operation
    assert [(one.kind, one.volume_per_day) for one in operation.channels] == [
        (ChannelKind.PHONE, 300),
        (ChannelKind.CHAT, 120),
        (ChannelKind.EMAIL, 80),
    ]
    for channel, contacts in zip(operation.channels, (300, 120, 80), strict=True):
        assert workspace.what_if.data_of(channel).contacts_per_day == contacts


def test_two_queues_of_a_kind_stay_apart_under_their_names(workspace):
    imported(workspace, "contacts.csv", by_channel("Chat", "LINE", contacts=("100", "50")))
    operation = workspace.what_if.drafted("EUR").operation
    assert [(one.name, one.volume_per_day) for one in operation.channels] == [("Chat", 100), ("LINE", 50)]
    assert [workspace.what_if.data_of(one).contacts_per_day for one in operation.channels] == [100, 50]


def test_a_social_network_is_a_channel_of_its_own(workspace):
    imported(workspace, "contacts.csv", by_channel("Phone", "Instagram"))
    operation = workspace.what_if.drafted("EUR").operation
    assert [(one.kind, one.name, one.volume_per_day) for one in operation.channels] == [
        (ChannelKind.PHONE, "", 300),
        (ChannelKind.EMAIL, "Instagram", 120),
    ]


def test_a_channel_of_an_unknown_kind_is_said_and_not_taken(workspace):
    imported(workspace, "contacts.csv", by_channel("電話", "店舗"))
    assert len(workspace.what_if.drafted("JPY").operation.channels) == 1
    assert workspace.what_if.unknown_channels() == ("店舗",)


CALLS = (
    "Date,Calls offered,Calls handled,Calls abandoned,Average speed of answer (s),Average handle time (s),Service level (%)\n"
)


@pytest.mark.slow
def test_call_statistics_are_those_of_the_telephone_beside_other_channels(workspace):
    rows = [f"2026-10-{day:02d},463,439,24,9.6,366,88.8" for day in range(1, 22)]
    imported(workspace, "calls.csv", CALLS + "\n".join(rows) + "\n")
    imported(workspace, "contacts.csv", by_channel("チャット", "メール"))
    phone, chat, mail = workspace.what_if.drafted("JPY").operation.channels
    assert (phone.kind, phone.volume_per_day, phone.handle_time_seconds) == (ChannelKind.PHONE, 463, 366)
    assert (chat.volume_per_day, mail.volume_per_day) == (300, 120)
    assert workspace.what_if.data_of(phone).mean_wait_seconds == pytest.approx(9.6)
    assert workspace.what_if.data_of(chat).mean_wait_seconds is None, "a chat has nothing of the calls"


def test_what_no_data_tells_is_named_as_a_usual_value(workspace):
    imported(workspace, "contacts.csv", by_channel("電話", "チャット", "メール"))
    operation = workspace.what_if.drafted("EUR").operation
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
    mail = next(one for one in workspace.what_if.drafted("EUR").operation.channels if one.kind is ChannelKind.EMAIL)
    assert 0.2 < mail.volume_per_day < 0.6
