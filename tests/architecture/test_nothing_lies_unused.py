"""What the package holds the product uses: nothing is there for tests, benchmarks or nobody alone.

Names are compared, not objects: what shares its name with something used is taken for used, and so is what a string names,
as the writers of files are named.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cs_planning"
PRODUCT = [*PACKAGE.rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py", ROOT / "sample_data" / "make.py"]
CALLED_BY_LIBRARIES = {
    "downgrade": "Alembic",
    "process_bind_param": "SQLAlchemy",
    "process_result_value": "SQLAlchemy",
}
"""Methods and functions that a library calls by their name, and which one."""
RUN_BY_LIBRARIES = {"storage/migrations", "ui/start.py", "__main__.py"}
"""Modules that no import reaches: Alembic's, and the ways in from outside."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Lines:
    """Some lines of a file, the last one included."""

    file: str
    first: int
    last: int

    def hold(self, other: "Lines") -> bool:
        return self.file == other.file and self.first <= other.first and other.last <= self.last


def mentions(tree: ast.Module, file: str) -> Iterator[tuple[str, Lines]]:
    """The names that code mentions and where: variables, attributes, and strings that are a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name, Lines(file, node.lineno, node.lineno)
            case ast.Constant(value=str(name)) if name.isidentifier():
                yield name, Lines(file, node.lineno, node.lineno)


def held(tree: ast.Module, file: str) -> Iterator[tuple[str, Lines]]:
    """The public classes, functions and methods that somebody must call; most decorators call what they decorate."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | Function):
            continue
        if isinstance(node, ast.ClassDef) or not called_by_its_decorator(node):
            yield node.name, Lines(file, node.lineno, node.end_lineno or node.lineno)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for one in node.body:
                if isinstance(one, Function) and not called_by_its_decorator(one) and not one.name.startswith("__"):
                    yield one.name, Lines(file, one.lineno, one.end_lineno or one.lineno)


def called_by_its_decorator(node: Function) -> bool:
    passing = {"property", "classmethod", "staticmethod", "cached_property", "lru_cache", "cache", "contextmanager", "override"}
    names = {ast.unparse(one.func if isinstance(one, ast.Call) else one).split(".")[-1] for one in node.decorator_list}
    return bool(names - passing)


def unused(sources: Iterable[tuple[str, str]]) -> list[str]:
    """What stands in the package though no other code mentions it, or only code that is itself not used."""
    places: dict[str, set[Lines]] = defaultdict(set)
    here: dict[str, set[Lines]] = defaultdict(set)
    for file, source in sources:
        tree = ast.parse(source)
        for name, line in mentions(tree, file):
            places[name].add(line)
        for name, lines in held(tree, file) if file.startswith("cs_planning/") else ():
            here[name].add(lines)
    gone: set[str] = set()
    dead: dict[str, list[Lines]] = defaultdict(list)
    while True:
        more = []
        for name in here.keys() - gone:
            own = here[name]
            outside = {one for one in places[name] if not any(lines.hold(one) for lines in (*own, *dead[one.file]))}
            more += [] if outside else [name]
        if not more:
            return sorted(f"{lines.file}:{lines.first} {name}" for name in gone for lines in here[name])
        gone.update(more)
        for lines in (lines for name in more for lines in here[name]):
            dead[lines.file].append(lines)


def of_the_product() -> Iterator[tuple[str, str]]:
    for path in PRODUCT:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_the_product_uses_all_that_it_holds() -> None:
    sources = list(of_the_product())
    assert len(sources) > 400
    assert not [one for one in unused(sources) if one.rpartition(" ")[2] not in CALLED_BY_LIBRARIES]


def test_what_only_unused_code_calls_is_unused_too() -> None:
    room = "def used(): ...\ndef inner(): used()\ndef outer(): return inner() + outer()\nclass Box:\n    def lift(self): ...\n"
    page = "from cs_planning.room import used, outer, Box\nused()\nBox()\n"
    found = unused([("cs_planning/room.py", room), ("pages/page.py", page)])
    assert found == ["cs_planning/room.py:2 inner", "cs_planning/room.py:3 outer", "cs_planning/room.py:5 lift"]


def test_every_module_is_imported_by_another() -> None:
    asked: set[str] = set()
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.ImportFrom(module=str(module), names=names):
                    asked |= {module, *(f"{module}.{one.name}" for one in names)}
                case ast.Import(names=names):
                    asked |= {one.name for one in names}
                case ast.Constant(value=str(word)) if word.isidentifier():
                    # As `Format` names the module of its writer, beside it.
                    asked.add(f"cs_planning.{path.parent.name}.{word}")
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    assert len(modules) > 400
    places = [path.relative_to(PACKAGE).as_posix() for path in modules]
    alone = [place for place in places if "cs_planning." + place.removesuffix(".py").replace("/", ".") not in asked]
    assert not [place for place in alone if not any(place.startswith(known) for known in RUN_BY_LIBRARIES)]
