"""The workspace's database: SQLite by default, PostgreSQL by URL."""

from cs_planning.storage.attachments import Share, SnapshotInfo, StoredImage, StoredSnapshot
from cs_planning.storage.changes import AuditEntry, new_id
from cs_planning.storage.data.contact_logs import ContactLog, LogPart
from cs_planning.storage.data.costs import COST_AND_CONTACTS
from cs_planning.storage.data.imports import ImportInfo, ImportResult, ImportSource, RememberedMapping, Undone
from cs_planning.storage.data.layers import Brought, FoldedLayers, Layer
from cs_planning.storage.data.point_rows import Anew, PointCounts
from cs_planning.storage.data.points import SeriesInfo
from cs_planning.storage.documents import Document, DocumentChange
from cs_planning.storage.goals import GoalChange
from cs_planning.storage.save import Save
from cs_planning.storage.settings import COUNTRY, CURRENCY, FISCAL_YEAR, OPENING_HOURS, SLA_TARGETS, ZONE, Json
from cs_planning.storage.store import Store

__all__ = [
    "COST_AND_CONTACTS",
    "COUNTRY",
    "CURRENCY",
    "FISCAL_YEAR",
    "OPENING_HOURS",
    "SLA_TARGETS",
    "ZONE",
    "Anew",
    "AuditEntry",
    "Brought",
    "ContactLog",
    "Document",
    "DocumentChange",
    "FoldedLayers",
    "GoalChange",
    "ImportInfo",
    "ImportResult",
    "ImportSource",
    "Json",
    "Layer",
    "LogPart",
    "PointCounts",
    "RememberedMapping",
    "Save",
    "SeriesInfo",
    "Share",
    "SnapshotInfo",
    "Store",
    "StoredImage",
    "StoredSnapshot",
    "Undone",
    "new_id",
]
