"""What a person reads: in go English sources and typed values, out come sentences as the reader's language writes them."""

from cs_planning.language.catalogue import (
    LANGUAGES,
    ask_for_language,
    current_language,
    gettext,
    nearest_language,
    ngettext,
    set_language,
    use_language,
)
from cs_planning.language.patterns import (
    chart_numbers,
    day_pattern,
    excel_day_pattern,
    excel_money_pattern,
    excel_month_pattern,
    excel_number_pattern,
    excel_percent_pattern,
    excel_time_pattern,
    percent_pattern,
)
from cs_planning.language.rounding import digits_needed, digits_shown, rounded, rounded_whole
from cs_planning.language.texts import Text, listed_texts, ntext, text
from cs_planning.language.values import Chance, Duration, FileSize, Moment, Money, Percent, Period, Points
from cs_planning.language.writing import in_brackets, in_words, listed, money_digits, sentences, shown_number

__all__ = [
    "LANGUAGES",
    "Chance",
    "Duration",
    "FileSize",
    "Moment",
    "Money",
    "Percent",
    "Period",
    "Points",
    "Text",
    "ask_for_language",
    "chart_numbers",
    "current_language",
    "day_pattern",
    "digits_needed",
    "digits_shown",
    "excel_day_pattern",
    "excel_money_pattern",
    "excel_month_pattern",
    "excel_number_pattern",
    "excel_percent_pattern",
    "excel_time_pattern",
    "gettext",
    "in_brackets",
    "in_words",
    "listed",
    "listed_texts",
    "money_digits",
    "nearest_language",
    "ngettext",
    "ntext",
    "percent_pattern",
    "rounded",
    "rounded_whole",
    "sentences",
    "set_language",
    "shown_number",
    "text",
    "use_language",
]
