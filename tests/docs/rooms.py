"""The plan of the house: every room and module in the order of the import contracts, with its first sentence."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cs_planning"


def rooms() -> str:
    """A section for each folder, from the way in to the way out; the sentences are the docstrings of the code."""
    parts = [
        "# Rooms\n\nEvery folder in the order in which data pass through, and what each module in it is for. A module imports "
        "only from those above it; a check holds the order.\n"
    ]
    for top in _in_order(PACKAGE):
        parts += _section(top) if top.is_dir() else [f"## {top.stem}\n\n{_sentence(top)}\n"]
    return "\n".join(parts)


def _section(folder: Path) -> list[str]:
    name = folder.relative_to(PACKAGE).as_posix()
    inside = [one for one in _in_order(folder) if one.suffix == ".py"]
    rows = [f"| `{one.stem}` | {_sentence(one)} |" for one in inside]
    table = ["| Module | What it is for |", "|---|---|", *rows, ""] if rows else []
    level = "#" * (1 + len(folder.relative_to(PACKAGE).parts))
    own = [f"{level} {name}/\n\n{_sentence(folder / '__init__.py')}\n", "\n".join(table)]
    deeper = [one for one in _in_order(folder) if one.is_dir()]
    return [*own, *(part for one in deeper for part in _section(one))]


def _in_order(folder: Path) -> list[Path]:
    """The modules and rooms of a folder, those that import nothing from the others first."""
    dotted = ".".join(folder.relative_to(ROOT).parts)
    order = _contracts().get(dotted, [])
    found = [
        one for one in folder.iterdir() if (one.suffix == ".py" and one.stem != "__init__") or (one / "__init__.py").is_file()
    ]
    return sorted(found, key=lambda one: (order.index(one.stem) if one.stem in order else -1, one.stem))


def _contracts() -> dict[str, list[str]]:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {
        contract["containers"][0]: [name.strip() for layer in reversed(contract["layers"]) for name in layer.split("|")]
        for contract in linter["contracts"]
        if contract["type"] == "layers"
    }


def _sentence(module: Path) -> str:
    told = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return told.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
