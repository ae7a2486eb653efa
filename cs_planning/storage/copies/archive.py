"""A workspace as one file: a ZIP archive with a line for each row of each table, the files of contacts, and a list of both."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Table

from cs_planning.errors import InvalidBackup, StorageUnavailable
from cs_planning.language import text
from cs_planning.storage.copies.filling import Filling, broken, fill
from cs_planning.storage.copies.lines import Tally, Tallying, tally_of
from cs_planning.storage.copies.state import ListedFile, State

_LIST = "backup.json"
_FORMAT = 1
_CHUNK = 1024**2
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)


class KeptFile(BaseModel):
    """A file of contacts in an archive.

    Attributes:
        log: the id of its contact log.
        name: of the file.
        rows: how many contacts it holds.
        size: in bytes.
        checksum: SHA-256 of its bytes.
    """

    model_config = ConfigDict(frozen=True)

    log: str
    name: str
    rows: int
    size: int
    checksum: str


class Contents(BaseModel):
    """What an archive holds.

    Attributes:
        format: of the archive.
        made_at: when, aware.
        program: the version of the program that made it.
        version: of the tables.
        tables: what each comes to, by name.
        files: of contacts.
        missing: files of contacts that were listed but not there when it was made.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    made_at: datetime
    program: str
    version: str
    tables: Mapping[str, Tally]
    files: tuple[KeptFile, ...]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(tally.rows for tally in self.tables.values())


def write_archive(path: Path, state: State, files: Mapping[ListedFile, Path | None], *, program: str) -> Contents:
    """Writes an archive, reads it again and compares it, and puts it in place: a half one never has its name.

    Args:
        path: where it is put; a file that is there is replaced.
        state: of the database.
        files: where each listed file of contacts lies; None where it is missing.
        program: the version of the program.

    Raises:
        StorageUnavailable: it can't be written.
    """
    aside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        with _written_in_words(path):
            with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                tables = {table.name: _pack_table(archive, state, table) for table in state.tables}
                kept = tuple(_pack_file(archive, listed, place) for listed, place in files.items() if place is not None)
                missing = tuple(f"{listed.log}/{listed.name}" for listed, place in files.items() if place is None)
                contents = Contents(
                    format=_FORMAT,
                    made_at=state.at,
                    program=program,
                    version=state.version,
                    tables=tables,
                    files=kept,
                    missing=missing,
                )
                archive.writestr(_LIST, contents.model_dump_json(indent=1))
            with Archive.opened(aside) as written:
                written.compare()
            with aside.open("rb+") as whole:
                os.fsync(whole.fileno())
            aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return contents


class Archive:
    """An archive that is being read."""

    def __init__(self, archive: zipfile.ZipFile, contents: Contents, path: Path) -> None:
        self._archive = archive
        self._path = path
        self.contents = contents

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Archive]:
        """Opens an archive.

        Raises:
            InvalidBackup: the file is none, it is damaged, or a newer version of the program made it.
            StorageUnavailable: it can't be read.
        """
        with _read_in_words(path):
            archive = zipfile.ZipFile(path)
        with archive:
            with _read_in_words(path):
                contents = _contents(archive, path)
            yield cls(archive, contents, path)

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of a table.

        Raises:
            InvalidBackup: the archive is damaged.
        """
        with _read_in_words(self._path), self._archive.open(_member_of(table)) as packed:
            for line in packed:
                yield line.rstrip(b"\n")

    def unpack(self, kept: KeptFile, path: Path) -> None:
        """Writes a file of contacts, reads it again and compares it.

        Raises:
            InvalidBackup: it is not what the archive's list says.
            StorageUnavailable: it can't be written.
        """
        with _written_in_words(path):
            with path.open("wb") as written:
                for chunk in self._chunks(kept):
                    written.write(chunk)
                written.flush()
                os.fsync(written.fileno())
            with path.open("rb") as again:
                if _sum(_chunks(again)) != (kept.size, kept.checksum):
                    raise broken(kept.name)

    def _chunks(self, kept: KeptFile) -> Iterator[bytes]:
        with _read_in_words(self._path), self._archive.open(_member(kept.log, kept.name)) as packed:
            yield from _chunks(packed)

    def compare(self) -> None:
        """Reads everything and compares it with the archive's list.

        Raises:
            InvalidBackup: something differs.
        """
        for name, tally in self.contents.tables.items():
            if tally_of(self.lines(name)) != tally:
                raise broken(name)
        for kept in self.contents.files:
            if _sum(self._chunks(kept)) != (kept.size, kept.checksum):
                raise broken(kept.name)

    def fill(self, url: str | Path, *, replace: bool, now_written: str) -> Path | None:
        """Puts the rows of the archive into a database; see `filling.fill`."""
        filling = Filling(self.contents.version, lambda table: self.lines(table.name), self.contents.tables)
        return fill(url, filling, replace=replace, now_written=now_written)


def _contents(archive: zipfile.ZipFile, path: Path) -> Contents:
    said = json.loads(archive.read(_LIST))
    if isinstance(said, dict) and isinstance(said.get("format"), int) and said["format"] > _FORMAT:
        raise InvalidBackup(
            text("{file} was made by a newer version of this program.", file=str(path)), text("Update the program.")
        )
    contents = Contents.model_validate(said)
    if not all(_PLAIN_NAME.fullmatch(part) for file in contents.files for part in (file.log, file.name)):
        raise _no_backup(path)
    return contents


def _no_backup(path: Path) -> InvalidBackup:
    return InvalidBackup(
        text("{file} is no backup of a workspace, or it is damaged.", file=str(path)),
        text("Choose a file that the command backup made, or another one of them."),
    )


def _pack_table(archive: zipfile.ZipFile, state: State, table: Table[Any]) -> Tally:
    tallying = Tallying()
    with archive.open(_member_of(table.name), "w", force_zip64=True) as packed:
        for line in tallying.over(state.lines(table)):
            packed.write(line + b"\n")
    return tallying.tally()


def _pack_file(archive: zipfile.ZipFile, listed: ListedFile, place: Path) -> KeptFile:
    member = zipfile.ZipInfo(_member(listed.log, listed.name))  # stored as it is: Parquet is packed already
    found = hashlib.sha256()
    size = 0
    with place.open("rb") as file, archive.open(member, "w", force_zip64=True) as packed:
        for chunk in _chunks(file):
            found.update(chunk)
            size += len(chunk)
            packed.write(chunk)
    return KeptFile(log=listed.log, name=listed.name, rows=listed.rows, size=size, checksum=found.hexdigest())


def _member_of(table: str) -> str:
    return f"tables/{table}.jsonl"


def _member(log: str, name: str) -> str:
    return f"contacts/{log}/{name}"


def _sum(chunks: Iterable[bytes]) -> tuple[int, str]:
    found, size = hashlib.sha256(), 0
    for chunk in chunks:
        found.update(chunk)
        size += len(chunk)
    return size, found.hexdigest()


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


@contextmanager
def _read_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE:
        raise _no_backup(path) from None
    except OSError as error:
        raise StorageUnavailable(
            text("{file} can't be read: {reason}.", file=str(path), reason=error.strerror or str(error)),
            text("Check the path and the format of the file."),
        ) from None


@contextmanager
def _written_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(
            text("{file} can't be written: {reason}.", file=str(path), reason=error.strerror or str(error)),
            text("Nothing was changed. Make room, or name a file in another folder."),
        ) from None
