"""`.zip` and `.gz` files, unpacked in memory within bounds; names inside them are never used as paths."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

from cs_planning.errors import ImportProblems
from cs_planning.kpis.files.no_tables import cut_archive, document_inside
from cs_planning.kpis.files.table import MAX_UNPACKED_BYTES, MAX_UNPACKING_RATIO, file_problem, refuse
from cs_planning.language import text

_CHUNK_BYTES = 1024**2
_SMALL_BYTES = 10 * 1024**2


def is_gzip(data: bytes) -> bool:
    """Whether the bytes are gzip data."""
    return data[:2] == b"\x1f\x8b"


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a zip archive, as workbooks are too."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def archive_names(data: bytes) -> list[str]:
    """The names of what is in a zip archive; none where it can't be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return []


def unpack_gzip(name: str, data: bytes) -> bytes:
    """The one file in gzip data.

    Raises:
        ImportProblems: it is damaged, or grows beyond the limits.
    """
    unpacked = bytearray()
    remaining = data
    try:
        while remaining:
            stream = zlib.decompressobj(wbits=31)
            pending = remaining
            while pending and not stream.eof:
                unpacked += stream.decompress(pending, _CHUNK_BYTES)
                pending = stream.unconsumed_tail
                _check_growth(name, len(unpacked), len(data))
            if not stream.eof:
                raise _damaged(name, "the data end too early")
            remaining = stream.unused_data.lstrip(b"\0")
    except zlib.error as cause:
        raise _damaged(name, str(cause)) from cause
    return bytes(unpacked)


def _damaged(name: str, cause: str) -> ImportProblems:
    return refuse(
        name, [file_problem(text("The compressed file is damaged ({cause}).", cause=cause), text("Export it again."))]
    )


def unpack_zip(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """The files in a zip archive, without folders and hidden files, by name.

    Raises:
        ImportProblems: it is damaged, encrypted, holds names that point outside, or grows beyond the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            document = document_inside([member.filename for member in members])
            if document is not None:
                raise refuse(name, [document])
            outside = [member.filename for member in members if _points_outside(member.filename)]
            if outside:
                raise refuse(
                    name,
                    [
                        file_problem(
                            text("The archive holds a name that points outside of it: {path}", path=outside[0][:120]),
                            text("Do not trust this archive. Pack the files again yourself."),
                        )
                    ],
                )
            if any(member.flag_bits & 1 for member in members):
                raise refuse(
                    name, [file_problem(text("The archive is protected by a password."), text("Pack it without a password."))]
                )
            _check_growth(name, sum(member.file_size for member in members), len(data))
            files, total = [], 0
            for member in members:
                path = PurePosixPath(member.filename)
                if path.name.startswith(".") or "__MACOSX" in path.parts:
                    continue
                content = _read_member(name, archive, member, total, len(data))
                total += len(content)
                files.append((path.name, content))
            return files
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as cause:
        cut = cut_archive(data)
        raise refuse(
            name,
            [cut or file_problem(text("The archive is damaged ({cause}).", cause=str(cause)[:120]), text("Pack it again."))],
        ) from cause


def check_zip_growth(name: str, data: bytes) -> None:
    """Refuses a zip (a workbook) whose directory says that it would grow beyond the limits.

    Raises:
        ImportProblems: it would.
        zipfile.BadZipFile: it is no readable archive.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        total = 0
        for member in archive.infolist():
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    total += len(chunk)
                    _check_growth(name, total, len(data))


def _read_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, before: int, packed: int) -> bytes:
    content = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            content += chunk
            _check_growth(name, before + len(content), packed)
    return bytes(content)


def _points_outside(path: str) -> bool:
    windows = PureWindowsPath(path)
    return bool(
        PurePosixPath(path).is_absolute()
        or windows.drive
        or windows.root
        or ".." in PurePosixPath(path.replace("\\", "/")).parts
    )


def _check_growth(name: str, unpacked: int, packed: int) -> None:
    too_much = unpacked > MAX_UNPACKED_BYTES or (unpacked > _SMALL_BYTES and unpacked > MAX_UNPACKING_RATIO * packed)
    if too_much:
        raise refuse(
            name,
            [
                file_problem(
                    text(
                        "It would grow to more than {limit} MB when unpacked.",
                        limit=min(unpacked, MAX_UNPACKED_BYTES) // 1024**2,
                    ),
                    text("Unpack it yourself, check what is in it, and import the file inside."),
                )
            ],
        )
