"""The workspace's database: SQLite by default, PostgreSQL by URL."""

from cs_planning.storage.attachments import Share, SnapshotInfo, StoredImage, StoredSnapshot
from cs_planning.storage.changes import COMMENT, AuditEntry, new_id
from cs_planning.storage.copies.archive import Archive, Contents, KeptFile, write_archive
from cs_planning.storage.copies.between import copy_database
from cs_planning.storage.copies.integrity import faults_of, server_of
from cs_planning.storage.copies.lines import Tally
from cs_planning.storage.copies.state import ListedFile, State, in_names
from cs_planning.storage.data.contact_logs import ContactLog, LogPart
from cs_planning.storage.data.costs import COST_AND_CONTACTS
from cs_planning.storage.data.imports import ImportInfo, ImportResult, ImportSource, RememberedMapping, Undone
from cs_planning.storage.data.layers import Brought, FoldedLayers, Layer
from cs_planning.storage.data.point_rows import Anew, PointCounts
from cs_planning.storage.data.points import SeriesInfo
from cs_planning.storage.documents.document import Document, DocumentChange
from cs_planning.storage.goals import GoalChange
from cs_planning.storage.looks import look_anew, one_look
from cs_planning.storage.retention import Limits, Outdated
from cs_planning.storage.save import Save
from cs_planning.storage.settings import COUNTRY, CURRENCY, FISCAL_YEAR, OPENING_HOURS, SLA_TARGETS, ZONE, Json
from cs_planning.storage.store import Store

__all__ = [
    "COMMENT",
    "COST_AND_CONTACTS",
    "COUNTRY",
    "CURRENCY",
    "FISCAL_YEAR",
    "OPENING_HOURS",
    "SLA_TARGETS",
    "ZONE",
    "Anew",
    "Archive",
    "AuditEntry",
    "Brought",
    "ContactLog",
    "Contents",
    "Document",
    "DocumentChange",
    "FoldedLayers",
    "GoalChange",
    "ImportInfo",
    "ImportResult",
    "ImportSource",
    "Json",
    "KeptFile",
    "Layer",
    "Limits",
    "ListedFile",
    "LogPart",
    "Outdated",
    "PointCounts",
    "RememberedMapping",
    "Save",
    "SeriesInfo",
    "Share",
    "SnapshotInfo",
    "State",
    "Store",
    "StoredImage",
    "StoredSnapshot",
    "Tally",
    "Undone",
    "copy_database",
    "faults_of",
    "in_names",
    "look_anew",
    "new_id",
    "one_look",
    "server_of",
    "write_archive",
]
