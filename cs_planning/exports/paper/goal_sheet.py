"""A goal sheet as a workbook for A4: goals with weights, the appraisal of both sides, talks, and room to sign."""

from __future__ import annotations

from datetime import date
from typing import Any

from cs_planning.exports.paper.a4 import HEADING_HEIGHT, A4Book, height_of, number_in, printed, rows_for, safe, share_in
from cs_planning.goals.appraisal.score import WeightedScore
from cs_planning.goals.appraisal.sheet import WEIGHT_DIGITS, Talk
from cs_planning.goals.appraisal.view import LineView, SheetView
from cs_planning.language import Text, digits_needed, gettext, listed_texts, text

_WIDTHS = (4.5, 37.0, 8.5, 9.5, 14.0, 12.0, 12.0, 11.0, 25.0, 11.0, 25.0)
_LAST = len(_WIDTHS) - 1
_TITLE_HEIGHT, _SIGNING_HEIGHT, _COMMENT_HEIGHT, _FEWEST_ROWS = 26, 34, 62, 3


def to_sheet_xlsx(view: SheetView, *, language: str) -> bytes:
    """The sheet as an XLSX file, ready to print.

    Args:
        view: the sheet as it is shown on a day.
        language: of everything that users did not write.
    """
    return printed(view.sheet.holder, language, lambda book: _Writer(book, view).write())


class _Writer:
    def __init__(self, book: A4Book, view: SheetView) -> None:
        self._book, self._view = book, view
        self._page = book.sheet(gettext("Goal sheet"), widths=_WIDTHS)
        self._row = 0
        weights = [line.weight_percent for line in view.sheet.lines]
        self._digits = max([digits_needed(one, WEIGHT_DIGITS) for one in weights], default=0)
        self._weight = book.weight(self._digits)

    def write(self) -> None:
        self._head()
        self._goals()
        self._changes()
        self._comments()
        self._talks()
        self._signatures()
        self._page.print_area(0, 0, self._row, _LAST)

    def _head(self) -> None:
        sheet, view, page = self._view.sheet, self._view, self._page
        page.set_row(0, _TITLE_HEIGHT)
        page.write_string(0, 0, safe(text("Goal sheet of {holder}", holder=sheet.holder)), self._book.title)
        period = text("Period: {period}", period=view.period)
        facts: list[Text] = [period, text("Stage: {stage}", stage=view.stage)]
        if sheet.superior:
            facts.append(text("Superior: {name}", name=sheet.superior))
        if view.agreed_on is not None:
            by = view.agreed_by
            agreed = text("Agreed on {day} by {name}", day=view.agreed_on, name=by) if by else None
            facts.append(agreed or text("Agreed on {day}", day=view.agreed_on))
        facts.append(text("As of {day}", day=view.today))
        page.write_string(1, 0, safe("　".join(map(str, facts))), self._book.muted)
        self._row = 3

    def _goals(self) -> None:
        page, book = self._page, self._book
        heads = (
            gettext("No."),
            gettext("Goal"),
            gettext("Weight"),
            gettext("Difficulty"),
            gettext("Deadline"),
            gettext("Target"),
            gettext("Measured value"),
            gettext("Own grade"),
            gettext("Own words"),
            gettext("Superior’s grade"),
            gettext("Superior’s words"),
        )
        for position, head in enumerate(heads):
            page.write_string(self._row, position, safe(head), book.head)
        page.set_row(self._row, height_of(*zip(heads, _WIDTHS, strict=True)))
        page.repeat_rows(self._row)
        for number, line in enumerate(self._view.lines, start=1):
            self._row += 1
            self._goal(number, line)
        self._row += 1
        for position in range(_LAST + 1):
            page.write_blank(self._row, position, None, book.strong)
        page.write_string(self._row, 1, gettext("Sum of the weights, weighted score"), book.strong)
        page.write_number(self._row, 2, self._share(self._view.sheet.weights_percent), self._weight)
        self._score(7, self._view.own)
        self._score(9, self._view.superior)
        page.set_row(self._row, height_of())
        self._row += 2

    def _goal(self, number: int, line: LineView) -> None:
        page, book, row, goal = self._page, self._book, self._row, line.goal
        is_one = goal is None or line.is_titled_with_its_sentence
        goal_words = str(line.sentence) if is_one else f"{line.title}\n{line.sentence}"
        if line.step is not None:
            goal_words = f"{goal_words}\n{line.step}"
        said = ((goal_words, _WIDTHS[1]), (line.line.own_comment, _WIDTHS[8]), (line.line.superior_comment, _WIDTHS[10]))
        self._make_room(height_of(*said), *((position, position) for position in range(_LAST + 1)))
        page.write_number(row, 0, number, book.cell)
        page.write_string(row, 1, safe(goal_words), book.cell)
        page.write_number(row, 2, self._share(line.line.weight_percent), self._weight)
        page.write_string(row, 3, safe(line.line.difficulty.label), book.cell)
        if goal is not None and goal.deadline is not None:
            page.write_datetime(row, 4, goal.deadline, book.day)
        else:
            page.write_blank(row, 4, None, book.day)
        self._value(row, 5, goal.primary if goal is not None else None, line)
        self._value(row, 6, line.value, line)
        page.write_string(row, 7, safe(line.own.short if line.own is not None else ""), book.cell)
        page.write_string(row, 8, safe(line.line.own_comment), book.cell)
        page.write_string(row, 9, safe(line.superior.short if line.superior is not None else ""), book.cell)
        page.write_string(row, 10, safe(line.line.superior_comment), book.cell)

    def _value(self, row: int, column: int, value: float | None, line: LineView) -> None:
        if value is None:
            self._page.write_blank(row, column, None, self._book.cell)
        else:
            self._page.write_number(row, column, number_in(value, line.kpi), self._book.value(value, line.kpi))

    def _share(self, weight_percent: float) -> float:
        return share_in(weight_percent, self._digits)

    def _score(self, column: int, score: WeightedScore | None) -> None:
        self._merge(self._row, column, column + 1, score.words if score is not None else "", self._book.strong)

    def _changes(self) -> None:
        """What is different now from what was agreed, which counts until the change is agreed again."""
        changed = self._view.changed
        if not changed:
            return
        self._page.write_string(self._row, 0, gettext("Changed since it was agreed"), self._book.heading)
        self._page.set_row(self._row, HEADING_HEIGHT)
        self._row += 1
        for first, last, head in ((0, 1, gettext("Goal")), (2, _LAST, gettext("What changed"))):
            self._merge(self._row, first, last, head, self._book.head)
        for line in changed:
            self._row += 1
            words = listed_texts([change.words for change in line.changes])
            needed = height_of((line.title, sum(_WIDTHS[:2])), (words, sum(_WIDTHS[2:])))
            first_row = self._row
            self._make_room(needed, (0, 1), (2, _LAST))
            self._page.write_string(first_row, 0, safe(line.title), self._book.cell)
            self._page.write_string(first_row, 2, safe(words), self._book.cell)
        self._row += 1
        note = gettext("What was agreed counts until the change is agreed again.")
        self._page.write_string(self._row, 0, safe(note), self._book.muted)
        self._row += 2

    def _comments(self) -> None:
        sheet = self._view.sheet
        own = text("{holder}: {words}", holder=sheet.holder, words=sheet.own_comment)
        other = text("{holder}: {words}", holder=sheet.superior or gettext("Superior"), words=sheet.superior_comment)
        needed = height_of((own, sum(_WIDTHS[:7])), (other, sum(_WIDTHS[7:])))
        first = self._row
        self._make_room(max(needed, _COMMENT_HEIGHT), (0, 6), (7, _LAST))
        self._page.write_string(first, 0, safe(own), self._book.cell)
        self._page.write_string(first, 7, safe(other), self._book.cell)
        self._row += 2

    def _talks(self) -> None:
        page, book = self._page, self._book
        page.write_string(self._row, 0, gettext("Talks"), book.heading)
        page.set_row(self._row, HEADING_HEIGHT)
        self._row += 1
        heads = ((0, 1, gettext("Talk")), (2, 3, gettext("Day")), (4, 7, gettext("What was agreed")))
        for first, last, words in (*heads, (8, 8, gettext("Next step")), (9, _LAST, gettext("Until"))):
            self._merge(self._row, first, last, words, book.head)
        talks = self._view.sheet.talks
        for position in range(max(len(talks), _FEWEST_ROWS)):
            self._row += 1
            self._talk(talks[position] if position < len(talks) else None)
        self._row += 2

    def _talk(self, talk: Talk | None) -> None:
        book, first = self._book, self._row
        said = ((talk.agreed, sum(_WIDTHS[4:8])), (talk.next_step, _WIDTHS[8])) if talk is not None else ()
        last = first + self._make_room(max(height_of(*said), _TITLE_HEIGHT)) - 1
        for left, right, words, style in (
            (0, 1, talk.kind.label if talk is not None else "", book.cell),
            (2, 3, talk.on if talk is not None else "", book.day),
            (4, 7, talk.agreed if talk is not None else "", book.cell),
            (8, 8, talk.next_step if talk is not None else "", book.cell),
            (9, _LAST, (talk.next_on if talk is not None else None) or "", book.day),
        ):
            self._merge(first, left, right, words, style, last)

    def _make_room(self, height: float, *columns: tuple[int, int]) -> int:
        """Gives what stands next the rows that it needs, and merges these columns over them; how many rows."""
        heights = rows_for(height)
        first = self._row
        for position, one in enumerate(heights):
            self._page.set_row(first + position, one)
        self._row += len(heights) - 1
        for left, right in columns:
            self._merge(first, left, right, "", self._book.cell, self._row)
        return len(heights)

    def _signatures(self) -> None:
        sheet = self._view.sheet
        self._page.set_row(self._row, _SIGNING_HEIGHT)
        self._merge(self._row, 0, 3, text("Date, signature: {name}", name=sheet.holder), self._book.box)
        self._merge(
            self._row, 4, 8, text("Date, signature: {name}", name=sheet.superior or gettext("Superior")), self._book.box
        )

    def _merge(self, row: int, first: int, last: int, words: object, style: Any = None, lowest: int | None = None) -> None:
        chosen = style if style is not None else self._book.cell
        bottom = lowest if lowest is not None else row
        if first < last or row < bottom:
            self._page.merge_range(row, first, bottom, last, "", chosen)
        if isinstance(words, date):
            self._page.write_datetime(row, first, words, chosen)
        else:
            self._page.write_string(row, first, safe(words), chosen)
