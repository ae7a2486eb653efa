"""What the server counts about itself, in the text form of Prometheus."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator

from cs_planning import __version__
from cs_planning.workspace.health import Health

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds up to which page runs are counted together."""

_lock = threading.Lock()
_requests: Counter[int] = Counter()
_runs: Counter[tuple[str, float]] = Counter()
_run_seconds: defaultdict[str, float] = defaultdict(float)
_run_count: Counter[str] = Counter()


def count_request(status: int) -> None:
    """Counts an answer."""
    with _lock:
        _requests[status] += 1


def count_run(page: str, seconds: float) -> None:
    """Counts a run of a page."""
    with _lock:
        _run_count[page] += 1
        _run_seconds[page] += seconds
        for bound in _BOUNDS:
            if seconds <= bound:
                _runs[page, bound] += 1


def in_prometheus_form(health: Health, free_bytes: int) -> str:
    """All that was counted since the start, and how the workspace is now.

    Args:
        health: of the workspace.
        free_bytes: on the disk of the workspace.
    """
    with _lock:
        lines = [*_counted(), *_now(health, free_bytes)]
    return "\n".join(lines) + "\n"


def _counted() -> Iterator[str]:
    yield "# HELP cs_planning_requests_total Answers by their status."
    yield "# TYPE cs_planning_requests_total counter"
    for status, count in sorted(_requests.items()):
        yield f'cs_planning_requests_total{{status="{status}"}} {count}'
    yield "# HELP cs_planning_page_run_seconds How long runs of a page took."
    yield "# TYPE cs_planning_page_run_seconds histogram"
    for page, count in sorted(_run_count.items()):
        name = _label(page)
        for bound in _BOUNDS:
            yield f'cs_planning_page_run_seconds_bucket{{page="{name}",le="{bound}"}} {_runs[page, bound]}'
        yield f'cs_planning_page_run_seconds_bucket{{page="{name}",le="+Inf"}} {count}'
        yield f'cs_planning_page_run_seconds_sum{{page="{name}"}} {_run_seconds[page]}'
        yield f'cs_planning_page_run_seconds_count{{page="{name}"}} {count}'


def _now(health: Health, free_bytes: int) -> Iterator[str]:
    yield "# HELP cs_planning_ready Whether a part of the workspace can be worked with."
    yield "# TYPE cs_planning_ready gauge"
    for check in health.checks:
        yield f'cs_planning_ready{{part="{check.name}"}} {int(check.wrong is None)}'
    yield "# HELP cs_planning_disk_free_bytes Room on the disk of the workspace."
    yield "# TYPE cs_planning_disk_free_bytes gauge"
    yield f"cs_planning_disk_free_bytes {free_bytes}"
    yield "# HELP cs_planning_info The version of the program."
    yield "# TYPE cs_planning_info gauge"
    yield f'cs_planning_info{{version="{__version__}"}} 1'


def _label(words: str) -> str:
    return words.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
