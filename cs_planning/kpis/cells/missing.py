"""Which cells stand for no value: empty ones, marks of spreadsheets and databases, and words such as “未回答”."""

from __future__ import annotations

import string
import unicodedata

MISSING = frozenset(
    {
        "", "-", "–", "—", "--", "---", "ー", "－", "―", ".", "..", "...", "?", "??", "???", "？",
        "n/a", "na", "n.a.", "n.a", "#n/a", "not applicable", "not available", "not set", "unset", "null", "(null)", "<null>",
        "\\n", "none", "nil", "nan", "nat", "(blank)", "(empty)", "blank", "empty", "unknown", "(unknown)", "undefined",
        "missing",
        "#value!", "#div/0!", "#ref!", "#num!", "#name?", "#null!",
        "no answer", "no response", "not answered", "unanswered", "not rated", "unrated", "tbd", "tba", "pending",
        "なし", "無し", "無", "空白", "空欄", "未回答", "無回答", "回答なし", "未評価", "評価なし", "未入力",
        "未記入", "未設定",
        "未定", "不明", "該当なし", "対象外", "未対応", "未完了", "未解決", "未応答",
        "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "0000/00/00",
    }
)  # fmt: skip
"""Writings of an empty cell where a number, a length or a point in time is expected, narrow and in lower case."""
UNKNOWN = frozenset(
    {"?", "??", "???", "？", "unknown", "(unknown)", "missing", "不明", "#value!", "#div/0!", "#ref!", "#num!", "#name?"}
)
"""Those of them that say that nobody knows the value: of an answer or a solution they do not say that there was none."""
NOT_YET = frozenset(
    {
        "open", "still open", "not yet", "not closed", "not solved", "not resolved", "not completed", "unresolved", "unsolved",
        "unclosed", "ongoing", "in progress", "wip", "active", "new", "waiting", "on hold", "no reply", "no reply yet",
        "no response yet", "not replied", "not responded", "unreplied", "none yet", "never",
        "未", "未返信", "未返答", "未完", "未クローズ", "未処理", "未着手", "対応中", "処理中", "継続中",
        "保留", "保留中", "返信なし", "応答なし", "まだ",
    }
)  # fmt: skip
"""Words in the place of a moment that say that something has not happened, so that they are no unreadable moments."""
NO_WORDS = frozenset(
    {"", "-", "–", "—", "--", "n/a", "na", "n.a.", "null", "none", "nan", "#n/a", "#value!", "#div/0!", ".", "なし", "－"}
)
"""Writings of an empty cell where words are expected: `unknown` or `pending` may be a value of its own there."""
_OTHER_BEGINNINGS = frozenset(string.ascii_letters + string.digits) - {
    letter for word in MISSING for letter in (word[:1], word[:1].upper())
}
"""Letters and digits with which no writing of an empty cell begins: they tell most cells at a glance."""


def is_missing(cell: str) -> bool:
    """Whether a cell stands for no number, length or point in time."""
    if cell[:1] in _OTHER_BEGINNINGS:
        return False
    written = cell.strip().lower()
    return written in MISSING or (not written.isascii() and unicodedata.normalize("NFKC", written).strip() in MISSING)


def is_unknown(cell: str) -> bool:
    """Whether a cell says that nobody knows its value; an empty one, `-` or `n/a` says that there is none."""
    written = cell.strip().lower()
    return written in UNKNOWN or (not written.isascii() and unicodedata.normalize("NFKC", written).strip() in UNKNOWN)


def is_no_word(cell: str) -> bool:
    """Whether a cell stands for no word, such as the name of a channel or a team."""
    return cell.strip().lower() in NO_WORDS
