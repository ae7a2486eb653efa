"""What a run cell consists of: a small closed set of blocks, the only thing that screens and exporters draw.

A block is data that can be stored and read back without loss; its texts are translated when they are shown, so a stored
block can be read in any language.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from cs_planning.goals.finding import Finding
from cs_planning.kpis.catalogue import Kpi
from cs_planning.kpis.frequency import JANUARY, Frequency, Rhythm
from cs_planning.kpis.period_names import period_label
from cs_planning.kpis.quantity import quantity
from cs_planning.language import Money, Percent, Text, gettext, in_words, shown_number, text, use_language
from cs_planning.notebook.blocks.markdown import sanitised

_NOT_DRAWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

Words = Text | str
"""A translatable text of the product, or a text of the user that stays as it is."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, ser_json_bytes="base64", val_json_bytes="base64")


class Heading(_Frozen):
    """A heading; level 1 is the page's own title."""

    kind: Literal["heading"] = "heading"
    words: Words
    level: int = Field(default=2, ge=1, le=6)


class Paragraph(_Frozen):
    """A plain sentence or two of the product, without formatting.

    Attributes:
        nothing: it says only that there is nothing yet: a hint for whoever arranges the page, none for its readers.
    """

    kind: Literal["paragraph"] = "paragraph"
    words: Words
    nothing: bool = False


class Markdown(_Frozen):
    """Text in Markdown.

    `source` is safe for every reader: `notebook.markdown.sanitised` has taken raw HTML, remote pictures and script links out.
    """

    kind: Literal["markdown"] = "markdown"
    source: str

    @field_validator("source")
    @classmethod
    def _safe(cls, source: str) -> str:
        return sanitised(source)


class Tone(StrEnum):
    """Whether a change or state is good news."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


class Metric(_Frozen):
    """One number in large type.

    Attributes:
        delta: what changed, as words with a sign.
        tone: whether the change is good news.
        note: where the number comes from, in one line.
        figure: how it is computed, ids of computed numbers with spaces between; empty for what is not computed.
    """

    label: Words
    value: Words
    delta: Words | None = None
    tone: Tone = Tone.NEUTRAL
    note: Words | None = None
    figure: str = ""


class Metrics(_Frozen):
    """Numbers in large type, side by side."""

    kind: Literal["metrics"] = "metrics"
    items: tuple[Metric, ...]


class ColumnType(StrEnum):
    """What the cells of a table's column are; `SHARE` is 0…1 and shown as a percentage, `PERIOD` is a first day."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    PERIOD = "period"
    FLAG = "flag"

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers, written flush right."""
        return self in {ColumnType.NUMBER, ColumnType.SHARE}


class TableColumn(_Frozen):
    """A column of a table.

    Attributes:
        name: a stable name, unique in the table, for machine-readable exports.
        digits: digits after the point; three significant ones when it is not given.
        frequency: of a `PERIOD` column.
        year_starts_in: the month in which the years of a `PERIOD` column begin, 1…12.
    """

    name: str
    label: Words
    type: ColumnType = ColumnType.TEXT
    digits: int | None = None
    frequency: Frequency | None = None
    year_starts_in: int = JANUARY

    def rhythm(self, frequency: Frequency | None = None) -> Rhythm:
        """The rhythm of the periods in this column; of `frequency` where a row has its own."""
        return Rhythm(frequency or self.frequency or Frequency.DAY, self.year_starts_in)


def _a_day(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError("a text is not a day")  # noqa: TRY004 - pydantic tries the next type on a ValueError
    return value


Value = Text | Money | bool | int | float | Annotated[date, BeforeValidator(_a_day)] | str | None


class TableBlock(_Frozen):
    """Rows of typed columns; each row has one value a column.

    Attributes:
        pairs: two columns, a name and its value, which may be shown without heads and side by side.
    """

    kind: Literal["table"] = "table"
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: Words | None = None
    pairs: bool = False

    @model_validator(mode="before")
    @classmethod
    def _dates_read(cls, fields: Any) -> Any:
        if not isinstance(fields, dict) or not fields.get("rows"):
            return fields
        columns = [TableColumn.model_validate(column) for column in fields["columns"]]
        dated = [column.type in {ColumnType.DATE, ColumnType.PERIOD} for column in columns]
        rows = []
        for row in fields["rows"]:
            if len(row) != len(columns):
                raise ValueError(f"a row has {len(row)} values for {len(columns)} columns")
            rows.append(tuple(_value(value, is_date) for value, is_date in zip(row, dated, strict=True)))
        return fields | {"columns": columns, "rows": rows}


def _value(value: Any, is_date: bool) -> Any:
    if is_date and isinstance(value, str) and value:
        return date.fromisoformat(value[:10])
    if is_date and isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class Findings(_Frozen):
    """What the SMART check says, one line a finding."""

    kind: Literal["findings"] = "findings"
    items: tuple[Finding, ...]


def _frame_read(value: Any) -> Any:
    if not isinstance(value, str):
        return _plain(value) if isinstance(value, pd.DataFrame) else value
    return _plain(pd.read_json(StringIO(value), orient="table", precise_float=True))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with texts as objects and moments to the nanosecond, as they come back from JSON."""
    plain = frame.reset_index(drop=True)
    for name, values in plain.items():
        if pd.api.types.is_string_dtype(values) or pd.api.types.is_object_dtype(values):
            plain[name] = values.astype(object).where(values.notna(), None)
        elif pd.api.types.is_datetime64_any_dtype(values):
            plain[name] = values.astype("datetime64[ns]")
    return plain


def _frame_written(frame: pd.DataFrame) -> str:
    return str(frame.reset_index(drop=True).to_json(orient="table", index=False, double_precision=15))


Frame = Annotated[
    pd.DataFrame, BeforeValidator(_frame_read), PlainSerializer(_frame_written), WithJsonSchema({"type": "string"})
]
"""A pandas frame that survives JSON with its types."""


class Chart(_Frozen):
    """A drawing of a frame, with the sentence that says what it shows and the table behind it.

    Attributes:
        drawing: which specification draws it, one of `notebook.drawings.DRAWINGS`.
        title: what is drawn, with the unit.
        subtitle: how to read it, where that is not plain.
        alt: what the numbers say, in one sentence.
        frame: the data of the specification; label columns hold keys of `labels`.
        labels: texts that are drawn into the chart.
        kpi: how `value`, `low80` and `high80` are written; where there is a column `measured`, that one in place of `value`.
        others: KPIs of lines that are of another one, by the key of their label.
        table: the numbers behind the drawing.
    """

    kind: Literal["chart"] = "chart"
    drawing: str
    title: Words
    subtitle: Words | None = None
    alt: Text
    frame: Frame
    labels: dict[str, Words] = {}
    kpi: Kpi | None = None
    others: dict[str, Kpi] = {}
    table: TableBlock

    def spec(self, language: str) -> dict[str, Any]:
        """The Vega-Lite specification without data, its dates named in `language`."""
        from cs_planning.notebook.blocks.drawings import spec  # noqa: PLC0415 - Altair is slow to import

        return spec(self.drawing, language)

    def data(self, language: str) -> pd.DataFrame:
        """The rows that the specification draws, with its labels in `language`."""
        frame = self.frame.copy()
        with use_language(language):
            if "label" in frame:
                drawn = {key: str(label) for key, label in self.labels.items()}
                frame["label"] = [_drawable(drawn.get(key, key)) if isinstance(key, str) else "" for key in frame["label"]]
            if "frequency" in frame:
                periods = next(column for column in self.table.columns if column.type is ColumnType.PERIOD)
                frame["when"] = [
                    period_label(day.date(), periods.rhythm(Frequency(frequency))) if isinstance(frequency, str) else ""
                    for day, frequency in zip(frame["period"], frame["frequency"], strict=True)
                ]
            if self.kpi is not None:
                kpis = [self.others.get(key, self.kpi) for key in self.frame.get("label", [self.kpi.id] * len(frame))]
                values = frame["measured" if "measured" in frame else "value"]
                frame["shown"] = [_quantity_or_nothing(value, kpi) for value, kpi in zip(values, kpis, strict=True)]
            if self.kpi is not None and "low80" in frame:
                frame["shown80"] = [
                    _range_or_nothing(low, high, self.kpi) for low, high in zip(frame["low80"], frame["high80"], strict=True)
                ]
            if "sample_size" in frame:
                frame["shown_sample"] = ["" if math.isnan(size) else shown_number(size) for size in frame["sample_size"]]
        return frame


def _drawable(words: str) -> str:
    """`words` in one line without control characters, on which drawing programs stop."""
    return " ".join(_NOT_DRAWABLE.sub(" ", words).split())


def _quantity_or_nothing(value: float, kpi: Kpi) -> str:
    return "" if math.isnan(value) else str(quantity(value, kpi))


def _range_or_nothing(low: float, high: float, kpi: Kpi) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    return str(text("{low} to {high}", low=quantity(low, kpi), high=quantity(high, kpi)))


class Image(_Frozen):
    """A picture: PNG, JPEG, GIF or WebP, never SVG, which can carry scripts."""

    kind: Literal["image"] = "image"
    data: bytes
    media_type: Literal["image/png", "image/jpeg", "image/gif", "image/webp"]
    alt: Words
    caption: Words | None = None


class ProblemBlock(_Frozen):
    """Why a cell, or a part of it, can't be shown, and what to do about it.

    Attributes:
        nothing: there is nothing yet, or no longer: a hint for whoever arranges the page, none for its readers.
    """

    kind: Literal["problem"] = "problem"
    message: Words
    hint: Words | None = None
    nothing: bool = False


Block = Annotated[
    Heading | Paragraph | Markdown | Metrics | TableBlock | Findings | Chart | Image | ProblemBlock,
    Field(discriminator="kind"),
]
"""Any block."""

BLOCK_KINDS = ("heading", "paragraph", "markdown", "metrics", "table", "findings", "chart", "image", "problem")


def shown(value: Value, column: TableColumn) -> str:
    """A table's cell as words, in the language in force; empty where nothing is known."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if column.type is ColumnType.PERIOD and isinstance(value, date):
        return period_label(value, column.rhythm())
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float) and column.type is ColumnType.SHARE:
        return in_words(Percent(share=value, digits=column.digits or 0))
    if isinstance(value, int | float):
        return shown_number(float(value), column.digits)
    if isinstance(value, Text | str):
        return str(value)
    return str(text("{value}", value=value))
