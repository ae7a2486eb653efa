"""What fills a workspace that is backed up, damaged and repaired."""

from datetime import UTC, datetime

from cs_planning.workspace import Save

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def tickets(day: int = 1, months: int = 3, days: int = 28) -> bytes:
    """Contacts on the first days of some months; those of another day replace them."""
    rows = [
        f"{m}-{n},2026-{m:02d}-{n:02d} 10:00,2026-{m:02d}-{n:02d} {11 + day % 9}:00"
        for m in range(1, months + 1)
        for n in range(1, days + 1)
    ]
    return ("Ticket ID,Created at,Solved at\n" + "\n".join(rows)).encode()


def by(key: str) -> Save:
    return Save("t", key, NOW)
