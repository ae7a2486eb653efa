"""Fields of the pages where goals are drafted, followed and reviewed."""

from cs_planning.language import text
from cs_planning.workspace.words.fields.field import Field

FIELDS: dict[str, tuple[Field, ...]] = {
    "Goals": (
        Field("bulk_goals", text("Which goals?"), text("The goals that get the new value.")),
        Field(
            "bulk_all",
            text("All that pass the filters above"),
            text("Takes every goal of the list as it is filtered now, those on further pages included."),
        ),
        Field("bulk_field", text("Field"), text("What is changed in all of them at once. Everything else stays as it is.")),
        Field("bulk_value", text("New value"), text("Stands in every chosen goal afterwards; each change is in its history.")),
        Field("parts_goal", text("Which goal?"), text("The goal whose target is divided among teams or channels.")),
        Field("parts_way", text("Divided by"), text("By what the KPI was imported: teams, channels, groups of customers.")),
        Field("parts_part", text("Part"), text("A team, a channel, or a channel of a team.")),
        Field("parts_now", text("Last period"), text("Where the part stands.")),
        Field(
            "parts_target", text("Target"), text("The share or the level of this part; together they make the goal’s target.")
        ),
        Field("parts_owner", text("Owner"), text("Who answers for this part.")),
        Field("history_of", text("Which goal?"), text("Whose changes are listed: who changed what, and when.")),
        Field("more_way", text("More"), text("What is needed now and then; one of them opens below.")),
        Field(
            "goal_list",
            text("Your list of goals: CSV or Excel"),
            text("Each row is read as a goal and checked; nothing is kept before you say so."),
        ),
    ),
    "Draft a goal": (
        Field(
            "template",
            text("Template"),
            text("Begins with the words, measure and usual targets of a proven goal; everything can be changed."),
        ),
        Field(
            "template_name", text("Name of the template"), text("Under this name the goal can be used again for the next one.")
        ),
        Field(
            "type",
            text("What kind of goal is it?"),
            text("Decides which KPIs are offered first, which fields are asked for, and what the check looks at."),
        ),
        Field("goal.team", text("Team or scope"), text("Whose goal it is, such as a team, a channel or a group of customers.")),
        Field("goal.why", text("Why it matters"), text("What customers or the company gain; it stands on the goal page.")),
        Field(
            "goal.how",
            text("How it will be reached"),
            text("What will be done differently. A goal without a way is only a wish."),
        ),
        Field(
            "goal.title",
            text("The goal in one sentence"),
            text("Stands in lists and on slides; left empty, it is written from the fields above."),
        ),
        Field(
            "goal.process",
            text("Process that changes"),
            text("The piece of work that will run differently, such as how e-mails are routed."),
        ),
        Field(
            "goal.survey",
            text("Survey"),
            text("Which survey the answers come from, so that it stays the same over the goal’s time."),
        ),
        Field("goal.customer_group", text("Customer group"), text("Whose satisfaction is meant; empty for all customers.")),
        Field(
            "goal.minimum_answers",
            text("Fewest answers that count"),
            text("Periods with fewer answers are noise and are not judged."),
        ),
        Field("goal.programme", text("Programme"), text("The training that is meant to move the KPI.")),
        Field("goal.audience", text("Audience"), text("Who takes part.")),
        Field("goal.sessions_planned", text("Sessions planned"), text("How many sessions there will be until the deadline.")),
        Field("goal.sessions_held", text("Sessions held"), text("How many of them took place so far.")),
        Field("goal.trained_percent", text("Trained so far (%)"), text("The share of the audience that took part so far.")),
        Field(
            "goal.skill_measure", text("Skill measured by"), text("How you see that the training worked, such as a quiz score.")
        ),
        Field("goal.skill_before", text("Skill before"), text("The result before the training.")),
        Field("goal.skill_after", text("Skill after"), text("The result after the training; empty until it is known.")),
        Field(
            "goal.cost_scope", text("Which cost"), text("What is counted as cost here, so that it is not only moved elsewhere.")
        ),
        Field("goal.start", text("From"), text("The first day of the goal’s time; periods that begin earlier do not count.")),
        Field(
            "goal.worth",
            text("What reaching it is worth"),
            text(
                "Money over the goal’s time, as you reckon it: revenue kept, cost saved. The page “Leadership view” orders "
                "goals by it. A goal on cost needs none: its own figures tell."
            ),
        ),
        Field(
            "goal.despite",
            text("Why commit to it all the same?"),
            text("A red letter or a goal without an owner needs a word; it stands in the history of the goal."),
        ),
        Field("goal.budget", text("Budget for reaching it"), text("What may be spent on reaching the goal.")),
        Field("goal.guard_limit", text("It must keep"), text("The value on whose good side the other KPI has to stay.")),
        Field(
            "contributors", text("Contributors, separated by commas"), text("Who helps; the owner alone answers for the goal.")
        ),
        Field(
            "measuring_how",
            text("How it will be measured"),
            text("With what the figure is made: a question to customers, a field in the helpdesk, a count by hand."),
        ),
        Field("measuring_begins", text("From when"), text("The first day that is measured; whole periods count from there.")),
        Field(
            "measuring_answers",
            text("Fewest answers a period"),
            text("Below this many answers the figure moves by chance more than by what the team does."),
        ),
        Field(
            "steps",
            text("The target varies from period to period"),
            text(
                "For a season or a ramp: each period gets its own step. What counts as reached is what “The target counts” "
                "says. Another target moves all steps with it."
            ),
        ),
        Field(
            "steps_season",
            text("As the season asks"),
            text("What is expected of each period, bent evenly until it meets the target: the way that it requires."),
        ),
        Field("steps_even", text("In even steps"), text("From the baseline to the target by the same amount in each period.")),
        Field("step_period", text("Period"), text("The last one is not here: its step follows from the target.")),
        Field("step_value", text("Step"), text("What this period should reach, in the unit of the KPI.")),
        Field("milestone_due", text("Until"), text("The day by which the value is to be reached.")),
        Field("milestone_value", text("Value"), text("The value on the way, in the unit of the KPI.")),
        Field("milestone_note", text("What is celebrated"), text("What is said when it is reached.")),
    ),
    "Action plan": (
        Field("plan_goal", text("Goal"), text("Whose plan is shown; empty for the plans of all goals.")),
        Field("action_what", text("What"), text("The step, in a few words.")),
        Field("action_owner", text("Who"), text("The one person who does it.")),
        Field("action_due", text("Until"), text("The last day; it counts as overdue from the day after.")),
        Field("action_status", text("Status"), text("Done actions no longer count as overdue.")),
        Field("action_effect", text("Expected effect"), text("What the step should bring, in words.")),
        Field(
            "action_change",
            text("Expected change of the KPI"),
            text("By how much it should move the KPI of the goal, in its unit."),
        ),
        Field("action_goal", text("Goal"), text("The goal that the step serves.")),
        Field("action_note", text("Note"), text("Anything that the next meeting should know.")),
        Field(
            "helped",
            text("Finished step"),
            text("What its KPI did since, beside the forecast that would have been made without it."),
        ),
        Field(
            "plan_file",
            text("A plan that was changed in a spreadsheet: rows with a known id are changed, rows without one are added"),
            text("Take the plan along as CSV or Excel, change it there, and bring it back here."),
        ),
    ),
    "Review": (
        Field("remedies", text("What will be done?"), text("One or more; what has to be filled in for them opens below.")),
        Field("new_target", text("New target"), text("Replaces the target; the old one stays in the history.")),
        Field("new_deadline", text("New deadline"), text("Replaces the deadline; the old one stays in the history.")),
        Field("check_in_note", text("What happened, in a sentence"), text("Stands in the next review, above the numbers.")),
        Field(
            "lesson",
            text("What did we learn?"),
            text("For goals to come; it stands in the record of the team. It may stay empty."),
        ),
        Field("first_step", text("The first step, for the action plan"), text("Comes into the action plan of the goal.")),
        Field("who", text("Who does it?"), text("The one person who answers for it.")),
        Field("until", text("Until"), text("The day by which it is done.")),
        Field("reason", text("Why? One sentence for the next review"), text("The next review begins with it.")),
        Field("decision", text("Decision"), text("What was decided, in a sentence; it stands on the goal page.")),
        Field(
            "decision_goal",
            text("About which goal?"),
            text("The decision stands on the page of this goal; empty for the whole team."),
        ),
    ),
    "Leadership view": (
        Field("company_objective", text("Company goal (KGI)"), text("What the company wants; goals say which one they serve.")),
        Field("company_kpi", text("Its own KPI"), text("The figure by which the company goal is judged, once a year.")),
        Field("company_year", text("Year"), text("The fiscal year of the settings.")),
        Field("company_measure", text("What counts"), text("What of the KPI is compared with the target.")),
        Field("company_target", text("Target of the year"), text("In the unit of the KPI.")),
        Field("company_direction", text("The KPI should be"), text("On which side of the target it is good.")),
        Field("company_which", text("Which company goal?"), text("A company goal that is there already, or a new one.")),
    ),
    "Goal sheets": (
        Field("goal_sheet", text("Goal sheet"), text("Whose goals of which period are shown.")),
        Field(
            "sheet_holder",
            text("Whose goals?"),
            text("A person or a team; the goals that they own in the period are put on the sheet. Other names can be typed."),
        ),
        Field(
            "sheet_as_of",
            text("As it stood on"),
            text(
                "The sheet as it was kept at the end of that day, with the goals of then and the values of the periods that "
                "were over then, as they are imported now."
            ),
        ),
        Field("sheet_superior", text("Superior"), text("Who agrees to the goals and appraises them at the end.")),
        Field("sheet_period", text("Period"), text("From when until when the sheet counts.")),
        Field("sheet_goals", text("Goals on this sheet"), text("Three to six goals can be kept in mind; more are forgotten.")),
        Field("sheet_weight", text("Weight (%)"), text("How much of the whole this goal is; all of them add up to 100.")),
        Field(
            "sheet_difficulty",
            text("Difficulty"),
            text("How hard the goal is for its holder. It is told beside the grade and does not change the score."),
        ),
        Field("sheet_grade", text("Grade"), text("How the goal turned out, on the scale of the sheet.")),
        Field("sheet_words", text("In words"), text("What went well, what did not, and why.")),
        Field("sheet_overall", text("Overall"), text("What is to be said about the period as a whole.")),
        Field("sheet_reason", text("Reason"), text("Stands in the history of the sheet and on top of it, for the other side.")),
        Field("talk_kind", text("Which talk?"), text("At the start, half-way and at the end; one-on-ones in between.")),
        Field("talk_on", text("Held on"), text("The day of the talk.")),
        Field("talk_agreed", text("What was agreed"), text("What both sides hold on to.")),
        Field("talk_step", text("Next step"), text("What is done next, and by whom.")),
        Field("talk_until", text("Until"), text("On this day the step comes back, here and on the agenda of the review.")),
        Field("way_scale", text("Grades"), text("The scale of new sheets; a sheet keeps the one that it was begun with.")),
        Field(
            "way_agreement",
            text("Sheets are proposed, agreed and appraised by two people"),
            text("Switched off for whoever plans alone: nothing is proposed, and a sheet is graded and closed by its holder."),
        ),
    ),
}
"""By the page on which they stand."""
