"""Fields of the pages where data come in and are judged."""

from cs_planning.language import text
from cs_planning.workspace.words.fields.field import Field

FIELDS: dict[str, tuple[Field, ...]] = {
    "Import": (
        Field(
            "series_to_delete",
            text("Series to take out"),
            text("All their values go, in every rhythm; goals and pages stay and say that their data are missing."),
        ),
        Field(
            "behind_series",
            text("KPI"),
            text("Of this KPI one value is opened up. Only KPIs that were computed of contacts have contacts behind them."),
        ),
        Field(
            "behind_period",
            text("Period"),
            text("The period with its value; the contacts that count in it are listed below."),
        ),
        Field(
            "files",
            text(
                "Exports of your helpdesk or call centre, or tables of KPIs: CSV, TSV, Excel or Parquet, also "
                "zipped, several at once"
            ),
            text(
                "Files stay on this machine, and nothing is kept before you confirm it. Files with the same columns "
                "are read as one."
            ),
        ),
        Field("sheet", text("Sheet"), text("The sheet of the workbook that is read; the others are left alone.")),
        Field(
            "import_next",
            text("Import next"),
            text("Files of different kinds are imported one after the other; the rest waits."),
        ),
        Field(
            "kind",
            text("This file holds"),
            text(
                "What a row stands for. It is guessed from the columns; a correction is remembered for files with "
                "the same header."
            ),
        ),
        Field(
            "dates",
            text("Dates are written"),
            text(
                "Which comes first in a date such as 03/04/2026. Where every date of a file could be read both ways, "
                "please check."
            ),
        ),
        Field(
            "arrival",
            text("Which column says when a contact came?"),
            text(
                "A date counts as the arrival only where its name says so. A purchase, a deadline or an update taken "
                "for it would put contacts into the wrong month."
            ),
        ),
        Field("role", text("Meaning"), text("What the column stands for. Columns without a meaning are not read.")),
        Field("kpi_of_column", text("KPI"), text("Of which KPI the numbers of the column are.")),
        Field("column_in_file", text("Column in the file"), text("As it is called in the header of the file.")),
        Field("examples", text("Examples"), text("The first different values of the column.")),
        Field(
            "part",
            text("This file is about"),
            text(
                "Where another source gives the same KPI, say which team or channel this file covers; then both are "
                "kept side by side."
            ),
        ),
        Field("part_name", text("Its name"), text("As it is to be called everywhere, such as “Phone”.")),
    ),
    "Settings": (
        Field(
            "clock_counted",
            text("Count times in opening hours too"),
            text("Adds KPIs whose clock stands still while the service is closed; those of the calendar stay."),
        ),
        Field(
            "clock_day",
            text("Monday … Sunday"),
            text("From when to when, such as 09:00-18:00; with a break 09:00-12:00, 13:00-18:00; empty for a closed day."),
        ),
        Field(
            "clock_country",
            text("Closed on the public holidays of"),
            text("On these days the clock stands still the whole day."),
        ),
        Field(
            "sla_targets",
            text("Priority, hours to the first response / to the solution"),
            text(
                "One priority a line, as the files write it: “urgent 1/8”. A dash stands for no agreed time, a star for every "
                "other priority."
            ),
        ),
        Field(
            "retention_versions",
            text("Earlier versions after"),
            text("Of goals, pages and scenarios. The first version, the present one and the last one of each day always stay."),
        ),
        Field(
            "retention_snapshots",
            text("Snapshots after"),
            text("Those that an open link or a decision shows always stay."),
        ),
        Field("clock_region", text("State or region"), text("Adds the holidays that only this part of the country has.")),
        Field(
            "money_currency",
            text("Amounts are in"),
            text(
                "A file that names another currency in a header, a unit or a cell is not imported until one of both is changed."
            ),
        ),
        Field(
            "clock_fiscal",
            text("The year begins in"),
            text(
                "Quarters and years of KPIs, goals and reviews follow it. A fiscal year is named after the year in "
                "which it begins."
            ),
        ),
        Field(
            "clock_zone",
            text("Time zone of the service"),
            text("Times of files that say their time zone are shown in this one from the next import on; days begin in it."),
        ),
        Field(
            "clock_closed",
            text("Other days on which the service is closed"),
            text("Days besides the public holidays, such as 2026-12-29, with commas between them."),
        ),
    ),
    "Feedback": (
        Field("cause", text("Cause"), text("Whether policy, product and process are behind the topic, or how agents helped.")),
    ),
    "Audit": (
        Field(
            "audit_everything",
            text("Also metrics without a goal"),
            text("Shows every metric that is recorded, with its trend."),
        ),
        Field("area_score", text("Area"), text("0 nothing · 1 begun · 2 done · 3 done and improved regularly")),
        Field("evidence", text("Evidence"), text("What an outsider could look at; a score without evidence is pointed out.")),
        Field(
            "agents_involved",
            text("How many agents took part or were asked?"),
            text("Those who know the causes; with none, the audit says so."),
        ),
        Field(
            "departments",
            text("Other departments that took part, separated by commas"),
            text("Most causes lie outside of service."),
        ),
        Field(
            "answers",
            text("What agents said, one answer a line"),
            text("What was said, in their own words; one answer a line."),
        ),
        Field("audit_shown", text("Audit"), text("Of which audit the answers are shown.")),
        Field("audit_role", text("Role"), text("Whose part in the cycle of goals is shown.")),
        Field(
            "role_point", text("Point of the checklist"), text("Done in this quarter. The list begins anew with the next one.")
        ),
        Field("practice", text("Practice"), text("0 not at all … 4 fully; leave out what you can’t answer")),
    ),
    "Benchmarks and standards": (
        Field("benchmark_kpi", text("KPI"), text("The KPI that the value is about.")),
        Field("benchmark_value", text("Value"), text("In the unit of the KPI.")),
        Field("benchmark_source", text("Source"), text("Who published it and where; a value without a source is not kept.")),
        Field("benchmark_on", text("Published on"), text("Values older than two years are marked as old.")),
        Field("standard_kpi", text("KPI"), text("The KPI that the promise binds.")),
        Field("standard_limit", text("Limit"), text("The value that no period may miss, in the unit of the KPI.")),
        Field("standard_promise", text("Promise to customers"), text("As customers read it.")),
    ),
}
"""By the page on which they stand."""
