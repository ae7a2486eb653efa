"""Fields of goal pages: their cells, their readers, the meeting."""

from cs_planning.language import text
from cs_planning.notebook.registry import KINDS
from cs_planning.workspace.words.fields.field import Field

_OF_CELLS = tuple(
    Field(f"cell.{kind.name}.{option.field}", option.label, option.help) for kind in KINDS.values() for option in kind.options
)
"""What each kind of cell lets one set, in the words of its own file."""

FIELDS: dict[str, tuple[Field, ...]] = {
    "Every page": (
        Field(
            "person",
            text("Your name"),
            text("It stands beside what you say, decide and change. This browser keeps it, so you are asked once."),
        ),
        Field(
            "place_name",
            text("Name of this workspace"),
            text("The team or site that plans in it. Addresses and links stay as they are when it changes."),
        ),
        Field(
            "place_new",
            text("A new workspace"),
            text("Begins empty, with data, goals and settings of its own. Whoever may open this app may open it too."),
        ),
    ),
    "Goal page": (
        Field("arranging", text("Arrange"), text("Move, hide, add and change the cells of the page.")),
        Field("add_cell", text("Kind of cell"), text("What the new cell shows; type a part of its name to find it.")),
        Field(
            "quarter",
            text("Data until the end of"),
            text(
                "The page as it stood at the end of that quarter: forecast, status, check-ins and decisions of what was known."
            ),
        ),
        Field("page_team", text("Team"), text("Charts show the KPI of this team.")),
        Field("page_channel", text("Channel"), text("Charts show the KPI of this channel.")),
        Field("page_scenario", text("Scenario"), text("The scenario that the page shows.")),
        Field(
            "slider", text("What-if sliders"), text("Moves the page as you see it. Nothing is kept, and nobody else sees it.")
        ),
        Field("page_search", text("Search"), text("Part of a title, a goal or an owner.")),
        Field("page_about", text("About the goal"), text("The goal that the cells of the page are about.")),
        Field("page_title", text("Title"), text("As it stands on top of the page and in lists.")),
        Field(
            "page_file",
            text("A page that was taken along as JSON"),
            text("A page of another workspace, cells and words included; it becomes a new page."),
        ),
        Field("heading", text("Heading"), text("Stands above the cell; left empty, the usual one stands there.")),
        Field(
            "notes",
            text("Notes for the meeting (Markdown)"),
            text("**bold**, lists with -, links and tables; raw HTML is taken out."),
        ),
        Field("notes_open", text("Write on these notes"), text("Opens the field in which the notes are written.")),
        *_OF_CELLS,
        Field("marked_day", text("Day"), text("The day that is marked in the chart.")),
        Field("marked_label", text("What happened"), text("Stands at the mark.")),
        Field("paper", text("Paper of the PDF"), text("A4 or Letter, as your printer has it.")),
        Field("snapshot_note", text("What for"), text("Helps to find the snapshot again.")),
        Field(
            "snapshot_choice", text("Open a snapshot"), text("The page as it was on that day, with the numbers of that day.")
        ),
        Field("snapshot_other", text("Compare with"), text("What changed between the two is listed.")),
        Field("comment", text("Your comment"), text("Stands below the cell with your name and the day.")),
        Field(
            "mention",
            text("Mention somebody"),
            text("Writes @ and the name into the comment; whoever is named finds it on the first page and in the review."),
        ),
    ),
    "Share": (
        Field(
            "share_allowed",
            text("Allow links for readers"),
            text("For the whole workspace: while it is off, no link opens anything and none can be made."),
        ),
        Field(
            "share_live",
            text("The reader sees"),
            text("Either the page with its newest numbers, or the page with the numbers of today."),
        ),
        Field("share_days", text("The link ends after"), text("Afterwards it opens nothing; you can take it back before.")),
    ),
    "Present": (
        Field("present_decision", text("What was decided"), text("Stands on the goal page and in the next review.")),
        Field("present_owner", text("Owner"), text("Who does it.")),
        Field("present_due", text("Due"), text("The day by which it is done.")),
    ),
}
"""By the page on which they stand."""
