"""What CONTRIBUTING.md and the hooks promise is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_task_that_is_named_is_a_task_of_the_makefile():
    named = set(re.findall(r"`make ([a-z-]+)`", read("CONTRIBUTING.md")))
    tasks = set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))
    assert named
    assert named <= tasks


def test_every_document_that_is_linked_exists():
    linked = re.findall(r"\]\((docs/[\w/.-]+)\)", read("CONTRIBUTING.md"))
    assert linked
    assert all((ROOT / place).is_file() for place in linked)


def test_hooks_fetch_nothing():
    repositories = re.findall(r"^\s*- repo: (\S+)", read(".pre-commit-config.yaml"), re.MULTILINE)
    entries = re.findall(r"^\s+entry: (\S+)", read(".pre-commit-config.yaml"), re.MULTILINE)
    assert set(repositories) == {"local"}
    assert entries
    assert all(entry.startswith(".venv/bin/") for entry in entries)
