import zipfile
from importlib import resources
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from cs_planning.storage import Store
from cs_planning.storage.database import open_engine
from cs_planning.storage.schema import MIGRATIONS, VERSION_TABLE, newest_version, stored_version
from cs_planning.storage.tables import metadata
from tests.storage.building import by, goal


def alembic(url: str) -> Config:
    config = Config(MIGRATIONS / "alembic.ini")
    config.cmd_opts = type("Options", (), {"x": [f"url={url}"]})()
    return config


def described(engine: Engine) -> dict[str, object]:
    found = inspect(engine)
    return {
        table: (
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)),
            found.get_pk_constraint(table),
            sorted((str(key["name"]), str(key)) for key in found.get_foreign_keys(table)),
            sorted((str(index["name"]), str(index["column_names"]), index["unique"]) for index in found.get_indexes(table)),
            sorted((str(unique["name"]), str(unique["column_names"])) for unique in found.get_unique_constraints(table)),
        )
        for table in sorted(set(found.get_table_names()) - {VERSION_TABLE})
    }


@pytest.mark.slow
def test_migrating_from_nothing_makes_exactly_the_tables_of_the_code(empty_url: str):
    Store.open(empty_url).close()
    engine, _ = open_engine(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    migrated = described(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert described(engine) == migrated
    assert len(migrated) == len(metadata.tables)
    engine.dispose()


def test_the_alembic_command_migrates_and_finds_nothing_left(empty_url: str):
    config = alembic(empty_url)
    command.upgrade(config, "head")
    command.check(config)
    with Store.open(empty_url) as store:
        assert store.goals.save(goal(), save=by()).version == 1


def test_the_alembic_command_goes_down_to_nothing_and_up_again(empty_url: str):
    config = alembic(empty_url)
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    engine, _ = open_engine(empty_url)
    assert inspect(engine).get_table_names() == [VERSION_TABLE]
    engine.dispose()
    command.upgrade(config, "head")
    command.check(config)


def test_the_newest_file_is_alembics_head_and_numbers_have_no_gap():
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [newest_version()]
    numbers = sorted(script.revision for script in scripts.walk_revisions())
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in scripts.walk_revisions())


def test_a_migration_that_breaks_off_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken off")

    monkeypatch.setattr("alembic.operations.Operations.batch_alter_table", broken)
    with pytest.raises(RuntimeError):
        Store.open(empty_url)
    monkeypatch.undo()
    engine, _ = open_engine(empty_url)
    with engine.connect() as connection:
        assert stored_version(connection) is None
        assert inspect(connection).get_table_names() == []
    engine.dispose()
    Store.open(empty_url).close()


def test_the_migration_files_are_found_beside_the_package():
    packaged = {entry.name for entry in (resources.files("cs_planning.storage") / "migrations").iterdir()}
    assert {"env.py", "script.py.mako", "alembic.ini", "versions"} <= packaged
    assert any(entry.name.startswith(f"{newest_version()}_") for entry in (MIGRATIONS / "versions").iterdir())


def test_a_wheel_has_the_migration_files(tmp_path: Path):
    builder = pytest.importorskip("hatchling.builders.wheel", reason="the build backend is not installed")
    root = Path(__file__).parents[2]
    (name,) = builder.WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    files = set(zipfile.ZipFile(name).namelist())
    wanted = [path for path in MIGRATIONS.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert {str(path.relative_to(root)) for path in wanted} <= files
