"""Makes the sample data: three years of a service team that never existed.

    python sample_data/make.py            writes the three tables beside this script
    python sample_data/make.py FOLDER     writes them into FOLDER

Every draw comes from `random.Random` of the standard library with a fixed seed, so the files are the same on every
machine, byte for byte.  README.md says what happened to the team in these years and what each column means.
"""

from __future__ import annotations

import csv
import heapq
import io
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

SEED = 20231101
FIRST_DAY = date(2023, 11, 1)
LAST_DAY = date(2026, 10, 31)
ROUTING_BREAK = date(2025, 3, 3)
CAMPAIGN = (date(2026, 4, 13), date(2026, 5, 10))
HOLIDAYS = {(1, 1), (5, 1), (12, 25), (12, 26)}
MONTH_FACTOR = (1.06, 0.94, 0.96, 1.00, 1.02, 0.97, 0.91, 0.90, 0.97, 1.01, 1.13, 1.23)

_Row = dict[str, str | int]


@dataclass(frozen=True)
class Channel:
    """How contacts of one ticket channel arrive and are answered; times in working minutes or, for chat, in seconds."""

    name: str
    team: str
    share_first: float
    share_last: float
    answer_median_seconds: float
    answer_spread: float
    solve_median_minutes: float
    opens: time
    closes: time
    open_days: int
    satisfied: float


CHANNELS = (
    Channel("email", "Letters", 0.50, 0.40, 165 * 60, 0.80, 260, time(7), time(22), 7, 0.83),
    Channel("chat", "Front desk", 0.18, 0.27, 52, 0.70, 14, time(8), time(20), 6, 0.89),
    Channel("web", "Letters", 0.19, 0.24, 120 * 60, 0.75, 240, time(7), time(22), 7, 0.84),
    Channel("phone", "Front desk", 0.13, 0.09, 24, 0.90, 95, time(8), time(18), 6, 0.85),
)
TOPICS = (("delivery", 0.34), ("returns", 0.22), ("product", 0.19), ("billing", 0.13), ("account", 0.12))
SUBJECTS = {
    "delivery": (
        "Where is my parcel?",
        "Parcel late again",
        "Tracking number not found",
        "Delivery date",
        "Parcel left at the wrong door",
    ),
    "returns": ("Refund not here yet", "How do I send back", "Return label missing", "Exchange for another size"),
    "product": ("Damaged on arrival", "Wrong item", "Missing part", "Question on sizes", "Broken after a week"),
    "billing": ("Charged twice", "Invoice missing", "Payment refused", "Wrong price"),
    "account": ("Can't log in", "New password", "Change of address"),
}
PERSONAL = ("No reply for days", "Wrong answer last time", "Still not solved", "Rude on the phone")
SOLVING_FACTOR = {"delivery": 1.0, "returns": 1.1, "product": 0.7, "billing": 1.6, "account": 0.5}


def days() -> Iterator[date]:
    """Every day of the history, in order."""
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        yield FIRST_DAY + timedelta(days=offset)


def months() -> list[date]:
    """The first days of the months of the history."""
    return [day for day in days() if day.day == 1]


def years_since_start(day: date) -> float:
    """Years from the first day of the history to `day`."""
    return (day - FIRST_DAY).days / 365.25


def demand(day: date) -> float:
    """The expected contacts of `day` against an ordinary day of the first year: season, growth, campaign."""
    month_position = (day.month - 1 + (day.day - 15) / 30) % 12
    lower = int(month_position)
    share = month_position - lower
    season = (1 - share) * MONTH_FACTOR[lower] + share * MONTH_FACTOR[(lower + 1) % 12]
    return season * math.pow(1.04, years_since_start(day)) * (1.45 if CAMPAIGN[0] <= day <= CAMPAIGN[1] else 1.0)


def strain(day: date) -> float:
    """How much more there is to do than the staffing plan, which knows season and growth, foresaw."""
    planned = demand(day) / (1.45 if CAMPAIGN[0] <= day <= CAMPAIGN[1] else 1.0)
    return demand(day) / planned * (1 + 0.35 * (MONTH_FACTOR[day.month - 1] - 1))


def poisson(random: Random, mean: float) -> int:
    """A Poisson count by the gaps of its arrivals."""
    count, clock = 0, random.expovariate(1.0)
    while clock < mean:
        count, clock = count + 1, clock + random.expovariate(1.0)
    return count


def picked(random: Random, weighted: tuple[tuple[str, float], ...]) -> str:
    """One of the names, by their weights."""
    return random.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]


def after_working_time(start: datetime, seconds: float, channel: Channel) -> datetime:
    """The moment `seconds` of opening time after `start`."""
    moment, left = start, seconds
    while True:
        opens, closes = datetime.combine(moment.date(), channel.opens), datetime.combine(moment.date(), channel.closes)
        works = moment.weekday() < channel.open_days and (moment.month, moment.day) not in HOLIDAYS
        if works and moment < closes:
            moment = max(moment, opens)
            if (closes - moment).total_seconds() > left:
                return moment + timedelta(seconds=round(left))
            left -= (closes - moment).total_seconds()
        moment = datetime.combine(moment.date() + timedelta(days=1), time())


def arrival(random: Random, day: date, channel: Channel) -> datetime:
    """A moment of `day`: round the clock for letters, inside the opening hours where people talk."""
    if channel.name in {"chat", "phone"}:
        opens, closes = channel.opens.hour, channel.closes.hour
        hour = opens + (closes - opens) * random.betavariate(1.6, 1.9)
    else:
        hour = min(23.99, max(0.0, random.gauss(13.5, 3.8)))
    return datetime.combine(day, time()) + timedelta(seconds=int(hour * 3600))


def tickets() -> list[_Row]:
    """One row for each ticket, ordered by creation."""
    random = Random(SEED)
    rows: list[_Row] = []
    end = datetime.combine(LAST_DAY, time(23, 59, 59))
    for day in days():
        busyness = math.exp(random.gauss(0, 0.12))
        progress = years_since_start(day) / years_since_start(LAST_DAY)
        for channel in CHANNELS:
            share = channel.share_first + (channel.share_last - channel.share_first) * progress
            closed = day.weekday() >= channel.open_days or (day.month, day.day) in HOLIDAYS
            if closed and channel.name in {"chat", "phone"}:
                continue
            weekday = (1.18, 1.08, 1.0, 0.98, 0.94, 0.62, 0.45)[day.weekday()]
            count = poisson(random, 11.3 * share * weekday * demand(day) * busyness)
            rows.extend(_ticket(random, arrival(random, day, channel), channel, end) for _ in range(count))
    rows.sort(key=lambda row: str(row["Created at"]))
    words = Random(SEED + 3)
    return [{"Ticket ID": f"T-{100001 + number}", **row, "Subject": _subject(words, row)} for number, row in enumerate(rows)]


def _subject(random: Random, row: _Row) -> str:
    """What stands above a letter; conversations have no subject."""
    if row["Team"] != "Letters":
        return ""
    campaign = CAMPAIGN[0].isoformat() <= str(row["Created at"])[:10] <= CAMPAIGN[1].isoformat()
    if random.random() < (0.25 if row["Reopened"] or row["Escalated"] else 0.05):
        said = random.choice(PERSONAL)
    elif campaign and row["Topic"] == "delivery" and random.random() < 0.6:
        said = "Parcel late again"
    else:
        said = random.choice(SUBJECTS[str(row["Topic"])])
    return f"Complaint: {said}" if random.random() < (0.45 if row["Satisfaction"] in {1, 2, 3} else 0.04) else said


def _ticket(random: Random, created: datetime, channel: Channel, end: datetime) -> _Row:
    day = created.date()
    topic = picked(random, TOPICS)
    routed = day >= ROUTING_BREAK and channel.team == "Letters"
    answer_seconds = (
        channel.answer_median_seconds
        * (0.62 if routed else 1.0)
        * strain(day) ** 1.6
        * 0.97 ** years_since_start(day)
        * math.exp(random.gauss(0, channel.answer_spread))
    )
    answered = after_working_time(created, answer_seconds, channel)
    at_first_contact = random.random() < (0.66 if channel.name in {"chat", "phone"} else 0.52) + 0.02 * years_since_start(day)
    solving_minutes = (
        channel.solve_median_minutes
        * SOLVING_FACTOR[topic]
        * strain(day)
        * math.exp(random.gauss(0, 0.9))
        * (0.25 if at_first_contact else 1.9)
    )
    solved = after_working_time(answered, 60 * solving_minutes, channel)
    reopened = int(solved <= end and random.random() < (0.03 if at_first_contact else 0.11))
    replies = 1 if at_first_contact else 2 + poisson(random, 0.7)
    escalated = int(not at_first_contact and random.random() < 0.17)
    group = picked(random, (("private", 0.82), ("business", 0.18)))
    slow = max(0.0, math.log2(max(answer_seconds, 1.0) / channel.answer_median_seconds))
    content = channel.satisfied + 0.012 * years_since_start(day) - 0.035 * slow - 0.12 * reopened - 0.03 * escalated
    content -= 0.04 if topic == "billing" else 0.0
    score: str | int = ""
    if solved <= end and random.random() < 0.38:
        satisfied = random.random() < content
        score = (5 if random.random() < 0.62 else 4) if satisfied else random.choices((1, 2, 3), (0.3, 0.25, 0.45))[0]
    return {
        "Created at": created.isoformat(" "),
        "First response at": answered.isoformat(" ") if answered <= end else "",
        "Solved at": solved.isoformat(" ") if solved <= end else "",
        "Reopened": reopened,
        "Replies": replies if answered <= end else 0,
        "Escalated": escalated,
        "Channel": channel.name,
        "Team": channel.team,
        "Customer group": group,
        "Topic": topic,
        "Satisfaction": score,
    }


def phone_days() -> list[_Row]:
    """One row for each day on which the telephone was staffed: a queue with patience, simulated call by call."""
    random = Random(SEED + 1)
    rows: list[_Row] = []
    for day in days():
        if day.weekday() == 6 or (day.month, day.day) in HOLIDAYS:
            continue
        saturday = day.weekday() == 5
        opening_seconds = (6 if saturday else 10) * 3600
        planned_calls = (150 if saturday else 420) * demand(day) / (1.45 if CAMPAIGN[0] <= day <= CAMPAIGN[1] else 1.0)
        calls = planned_calls * (1.22 if CAMPAIGN[0] <= day <= CAMPAIGN[1] else 1.0)
        calls *= (1.17, 1.04, 0.97, 0.95, 0.93, 1.0)[day.weekday()] * math.exp(random.gauss(0, 0.09))
        handle_seconds = 372 * 0.985 ** years_since_start(day) * math.exp(random.gauss(0, 0.04))
        planned_load = planned_calls * 372 / opening_seconds
        absent = sum(random.random() < 0.07 for _ in range(round(planned_load) + 2))
        agents = max(2, round(planned_load * 1.02 + 1.9) - absent + (1 if random.random() < 0.5 else 0))
        rows.append({"Date": day.isoformat(), **_phone_day(random, calls, opening_seconds, handle_seconds, agents)})
    return rows


def _phone_day(random: Random, calls: float, opening_seconds: int, handle_seconds: float, agents: int) -> _Row:
    patience_seconds, answer_within_seconds = 210.0, 60.0
    free_at = [0.0] * agents
    offered = abandoned = within = 0
    waited = handled_for = 0.0
    clock = 0.0
    while True:
        share = clock / opening_seconds
        profile = 1 + 0.45 * math.sin(2 * math.pi * (share - 0.02)) * (1 - share) - 0.12 * math.cos(4 * math.pi * share)
        clock += random.expovariate(calls / opening_seconds * max(profile, 0.2))
        if clock > opening_seconds:
            break
        offered += 1
        wait = max(0.0, free_at[0] - clock)
        if wait > random.expovariate(1 / patience_seconds):
            abandoned += 1
            continue
        duration = random.lognormvariate(math.log(handle_seconds) - 0.32, 0.8)
        heapq.heapreplace(free_at, clock + wait + duration)
        waited, handled_for = waited + wait, handled_for + duration
        within += wait <= answer_within_seconds
    handled = offered - abandoned
    return {
        "Calls offered": offered,
        "Calls handled": handled,
        "Calls abandoned": abandoned,
        "Average speed of answer (s)": f"{waited / max(handled, 1):.1f}",
        "Average handle time (min)": f"{handled_for / 60 / max(handled, 1):.2f}",
        "Service level (%)": f"{100 * within / max(offered, 1):.2f}",
    }


def kpi_months(phone: list[_Row], letters: list[_Row]) -> list[_Row]:
    """One row for each month: what the team reads from surveys, reviews and the books."""
    random = Random(SEED + 2)
    rows: list[_Row] = []
    price_level = 1.0
    for month in months():
        written = month.strftime("%Y-%m")
        calls = [row for row in phone if str(row["Date"]).startswith(written)]
        offered = sum(int(row["Calls offered"]) for row in calls)
        abandoned = sum(int(row["Calls abandoned"]) for row in calls)
        others = sum(str(row["Created at"]).startswith(written) and row["Channel"] != "phone" for row in letters)
        contacts = offered + others
        lost = abandoned / offered
        years = years_since_start(month)
        trained = min(96.0, 38 + 13.5 * years + random.gauss(0, 1.2))
        asked = round(0.07 * contacts * math.exp(random.gauss(0, 0.06)))
        answers = max(60, asked)
        csat = _share(random, 0.835 + 0.016 * years - 0.35 * (lost - 0.06), answers)
        panel = 180 + poisson(random, 40)
        promoters = _share(random, 0.405 + 0.028 * years - 0.5 * (lost - 0.06), panel) / 100
        detractors = _share(random, 0.205 - 0.012 * years + 0.3 * (lost - 0.06), panel) / 100
        reviews = 70 + poisson(random, 14)
        quality = 79.0 + 0.085 * (trained - 38) + random.gauss(0, 7.5 / math.sqrt(reviews) + 0.35)
        price_level *= 1.0022
        cost = (30_500 + 4.35 * contacts + 2_600 * (month.month in {11, 12})) * price_level * math.exp(random.gauss(0, 0.012))
        complaints = poisson(random, 0.0062 * contacts * (1 + 3.0 * max(0.0, lost - 0.06)))
        rows.append(
            {
                "Month": written,
                "CSAT (%)": f"{csat:.1f}",
                "CSAT answers": answers,
                "NPS": f"{100 * (promoters - detractors):.1f}",
                "NPS answers": panel,
                "Quality score (%)": f"{quality:.1f}",
                "Reviews": reviews,
                "Staff trained (%)": f"{trained:.1f}",
                "Contacts": contacts,
                "Service cost (USD)": f"{cost:.0f}",
                "Cost per contact (USD)": f"{cost / contacts:.2f}",
                "Complaints": complaints,
            }
        )
    return rows


def _share(random: Random, probability: float, answers: int) -> float:
    return 100 * sum(random.random() < probability for _ in range(answers)) / answers


def as_csv(rows: list[_Row]) -> bytes:
    """The rows as UTF-8 CSV with a header."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def make() -> dict[str, bytes]:
    """The contents of each made file by its name."""
    letters, phone = tickets(), phone_days()
    tables: dict[str, Callable[[], list[_Row]]] = {
        "tickets.csv": lambda: letters,
        "phone-daily.csv": lambda: phone,
        "kpis-monthly.csv": lambda: kpi_months(phone, letters),
    }
    return {name: as_csv(table()) for name, table in tables.items()}


def main(arguments: list[str]) -> None:
    """Writes the files into the folder named by the first argument, or beside this script."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in make().items():
        (folder / name).write_bytes(content)
        rows = content.count(b"\n") - 1
        print(f"{folder / name}: {rows} rows, {len(content):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
