"""What a user's environment weighs: the files of every package of `requirements.txt`, the heaviest first.

python -m benchmarks.environment
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
MEGABYTE = 1_000_000
SHOWN = 12


def main() -> None:
    """Prints the whole weight in megabytes, of that what compiling at the installation adds, and the heaviest packages."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    names = sorted({found[1] for line in lines if (found := re.match(r"([\w.-]+)==", line))})
    weights = {name: weighed(distribution(name)) for name in names}
    files, compiled = (sum(weight[part] for weight in weights.values()) / MEGABYTE for part in (0, 1))
    print(f"{len(names)} packages: {files:,.0f} MB of files; {compiled:,.0f} MB more compiled (`pip --no-compile`: none)")
    for name in sorted(names, key=lambda one: -weights[one][0])[:SHOWN]:
        print(f"{weights[name][0] / MEGABYTE:8,.1f} {name}")


def weighed(package: Distribution) -> tuple[int, int]:
    """The bytes of a package's own files, and of those that are compiled from them."""
    places = [Path(str(package.locate_file(file))) for file in package.files or () if "__pycache__" not in str(file)]
    there = [place for place in places if place.is_file()]
    compiled = [
        next(iter((one.parent / "__pycache__").glob(f"{one.stem}.*.pyc")), None) for one in there if one.suffix == ".py"
    ]
    return sum(one.stat().st_size for one in there), sum(one.stat().st_size for one in compiled if one is not None)


if __name__ == "__main__":
    main()
