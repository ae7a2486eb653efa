"""The tables of a workspace, typed column by column.

    settings, kpis                       small facts of the workspace
    series ── points                     the KPI series, one row a period
    imports, mappings                    what was read, and how columns were understood
    import_layers ── import_layer_files  what each import brought by itself, so that it can be taken back
    contact_logs ── contact_log_parts    which Parquet files make up each contact log
    documents ── document_versions       goals, scenarios, pages, actions …: the present, and every earlier version
    snapshots, shares, images            what belongs to pages
    audit_trail                          who did what, when
    saves, counters                      which saves have been done, and counters that move with every change

What a document says stands in `body` as JSON text, exactly as it was written; the columns beside it repeat what lists filter
by.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect


class MomentInUtc(TypeDecorator[datetime]):
    """A moment with a time zone, kept in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; SQLite has no time zones and keeps it without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; pass an aware moment such as datetime.now(UTC).")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length from users; the null character, which PostgreSQL refuses, is shown as a replacement character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text without null characters and without halves of surrogate pairs."""
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class SettingColumns(TypedColumns):
    """A setting and its JSON value."""

    key = Column(Words, primary_key=True)
    value: Named[str] = Column(Text)
    updated_at: Named[datetime] = Column(MomentInUtc)


class KpiColumns(TypedColumns):
    """A KPI that is not in the catalogue, as JSON."""

    id = Column(Words, primary_key=True)
    body: Named[str] = Column(Text)
    updated_at: Named[datetime] = Column(MomentInUtc)


class SeriesColumns(TypedColumns):
    """A series; first, last and count repeat what its points say, so that a list of series reads no points."""

    id = Column(Integer, primary_key=True)
    key: Named[str] = Column(Words)
    frequency: Named[str] = Column(Words)
    source: Named[str] = Column(Words)
    first_period: Named[date | None] = Column(Date)
    last_period: Named[date | None] = Column(Date)
    point_count: Named[int] = Column(Integer)
    updated_at: Named[datetime] = Column(MomentInUtc)


class PointColumns(TypedColumns):
    """A value of a series in the KPI's unit, and what it rests on."""

    series_id = Column(Integer, ForeignKey("series.id", ondelete="CASCADE"), primary_key=True)
    period = Column(Date, primary_key=True)
    value: Named[float | None] = Column(Double)
    sample_size: Named[float | None] = Column(Double)


class ImportColumns(TypedColumns):
    """A file that was read."""

    id = Column(Words, primary_key=True)
    file_name: Named[str] = Column(Words)
    fingerprint: Named[str] = Column(Words, index=True)
    kind: Named[str] = Column(Words)
    mapping: Named[str] = Column(Text)
    accepted: Named[int] = Column(Integer)
    rejected: Named[int] = Column(Integer)
    summary: Named[str] = Column(Text)
    author: Named[str] = Column(Words)
    imported_at: Named[datetime] = Column(MomentInUtc, index=True)
    undone_at: Named[datetime | None] = Column(MomentInUtc)
    undone_by: Named[str] = Column(Words, nullable=False, server_default="")


class ImportLayerColumns(TypedColumns):
    """What one import brought by itself, in the order of imports; without an import, what was there before or was taken out."""

    number = Column(Integer, primary_key=True, autoincrement=False)
    import_id: Named[str] = Column(Words, index=True)
    log_id: Named[str] = Column(Words)
    header: Named[str] = Column(Words)
    body: Named[bytes] = Column(LargeBinary)


class ImportLayerFileColumns(TypedColumns):
    """A Parquet file with the contacts of one month that an import brought; a log may consist of the same file."""

    number = Column(Integer, ForeignKey("import_layers.number", ondelete="CASCADE"), primary_key=True)
    file_name = Column(Words, primary_key=True)
    month: Named[date] = Column(Date)
    row_count: Named[int] = Column(Integer)


class MappingColumns(TypedColumns):
    """How the columns under a header were understood, for the next file with the same header."""

    header_fingerprint = Column(Words, primary_key=True)
    kind: Named[str] = Column(Words)
    mapping: Named[str] = Column(Text)
    author: Named[str] = Column(Words)
    updated_at: Named[datetime] = Column(MomentInUtc)


class ContactLogColumns(TypedColumns):
    """A contact log; its version moves whenever its parts are switched."""

    id = Column(Words, primary_key=True)
    version: Named[int] = Column(Integer)
    updated_at: Named[datetime] = Column(MomentInUtc)


class ContactLogPartColumns(TypedColumns):
    """A Parquet file of a contact log with the contacts of one month."""

    log_id = Column(Words, ForeignKey("contact_logs.id", ondelete="CASCADE"), primary_key=True)
    file_name = Column(Words, primary_key=True)
    month: Named[date] = Column(Date)
    row_count: Named[int] = Column(Integer)


class DocumentColumns(TypedColumns):
    """The present version of a document, and what lists filter by."""

    id = Column(Words, primary_key=True)
    kind: Named[str] = Column(Words)
    version: Named[int] = Column(Integer)
    title: Named[str] = Column(Words)
    body: Named[str] = Column(Text)
    variant: Named[str] = Column(Words)
    state: Named[str] = Column(Words)
    owner: Named[str] = Column(Words)
    team: Named[str] = Column(Words)
    due: Named[date | None] = Column(Date)
    series: Named[str | None] = Column(Words)
    parent: Named[str | None] = Column(Words)
    part: Named[str | None] = Column(Words)
    archived: Named[bool] = Column(Boolean)
    author: Named[str] = Column(Words)
    created_at: Named[datetime] = Column(MomentInUtc)
    updated_at: Named[datetime] = Column(MomentInUtc)


class DocumentVersionColumns(TypedColumns):
    """A document as it was after one save, whole, as JSON."""

    document_id = Column(Words, ForeignKey("documents.id"), primary_key=True)
    version = Column(Integer, primary_key=True)
    action: Named[str] = Column(Words)
    content: Named[str] = Column(Text)
    author: Named[str] = Column(Words)
    saved_at: Named[datetime] = Column(MomentInUtc)


class SnapshotColumns(TypedColumns):
    """A page frozen with its results; triggers refuse to change or delete it.

    The body comes last: SQLite reads past everything that stands before a column.
    """

    id = Column(Words, primary_key=True)
    page: Named[str] = Column(Words, index=True)
    title: Named[str] = Column(Words)
    author: Named[str] = Column(Words)
    taken_at: Named[datetime] = Column(MomentInUtc)
    body: Named[str] = Column(Text)


class ShareColumns(TypedColumns):
    """A link to a page for somebody without an account; only the hash of its token is kept."""

    id = Column(Words, primary_key=True)
    token_hash: Named[str] = Column(Words, unique=True)
    page: Named[str] = Column(Words, index=True)
    snapshot: Named[str | None] = Column(Words)
    live: Named[bool] = Column(Boolean)
    author: Named[str] = Column(Words)
    created_at: Named[datetime] = Column(MomentInUtc)
    expires_at: Named[datetime | None] = Column(MomentInUtc)
    revoked_at: Named[datetime | None] = Column(MomentInUtc)


class ImageColumns(TypedColumns):
    """A picture, known by the SHA-256 of its bytes."""

    id = Column(Words, primary_key=True)
    media_type: Named[str] = Column(Words)
    file_name: Named[str] = Column(Words)
    content: Named[bytes] = Column(LargeBinary)
    author: Named[str] = Column(Words)
    created_at: Named[datetime] = Column(MomentInUtc)


class AuditColumns(TypedColumns):
    """Who did what, when; triggers refuse to change or delete it."""

    id = Column(Integer, primary_key=True)
    at: Named[datetime] = Column(MomentInUtc, index=True)
    author: Named[str] = Column(Words)
    action: Named[str] = Column(Words)
    kind: Named[str] = Column(Words)
    subject: Named[str] = Column(Words)
    detail: Named[str] = Column(Words)


class SaveColumns(TypedColumns):
    """A save that has been done, by its idempotency key, with what it asked for (hashed) and what it returned (JSON)."""

    key = Column(Words, primary_key=True)
    operation: Named[str] = Column(Words)
    content_hash: Named[str] = Column(Words)
    result: Named[str] = Column(Text)
    at: Named[datetime] = Column(MomentInUtc)


class CounterColumns(TypedColumns):
    """A number that grows with every change of what it counts."""

    name = Column(Words, primary_key=True)
    value: Named[int] = Column(Integer)


settings = Table("settings", metadata, SettingColumns)
kpis = Table("kpis", metadata, KpiColumns)
series = Table("series", metadata, SeriesColumns, UniqueConstraint("key", "frequency"))
points = Table("points", metadata, PointColumns, sqlite_with_rowid=False)
imports = Table("imports", metadata, ImportColumns)
import_layers = Table("import_layers", metadata, ImportLayerColumns)
import_layer_files = Table("import_layer_files", metadata, ImportLayerFileColumns)
mappings = Table("mappings", metadata, MappingColumns)
contact_logs = Table("contact_logs", metadata, ContactLogColumns)
contact_log_parts = Table("contact_log_parts", metadata, ContactLogPartColumns)
documents = Table(
    "documents",
    metadata,
    DocumentColumns,
    *(Index(None, "kind", name) for name in ("state", "variant", "owner", "team", "due", "series", "parent")),
    Index(None, "parent", "part"),
)
document_versions = Table("document_versions", metadata, DocumentVersionColumns)
snapshots = Table("snapshots", metadata, SnapshotColumns)
shares = Table("shares", metadata, ShareColumns)
images = Table("images", metadata, ImageColumns)
audit_trail = Table("audit_trail", metadata, AuditColumns, Index(None, "kind", "subject"))
saves = Table("saves", metadata, SaveColumns)
counters = Table("counters", metadata, CounterColumns)
