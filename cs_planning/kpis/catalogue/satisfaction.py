"""What customers say: satisfaction, recommendation and effort."""

from cs_planning.kpis.families import share_kpi
from cs_planning.kpis.kpi import Aggregation, Better, Kpi, Unit
from cs_planning.language import text

SATISFACTION = (
    share_kpi(
        "csat",
        text("Customer satisfaction (CSAT)"),
        Better.HIGHER,
        text("satisfied answers (4–5 of 5, or “good”) ÷ answers"),
        text("answers"),
    ),
    Kpi(
        id="nps",
        name=text("Net promoter score (NPS)"),
        unit=Unit.POINTS,
        better=Better.HIGHER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("share of promoters (9–10) − share of detractors (0–6)"),
        lower=-100,
        upper=100,
        minimum_sample=50,
        sample=text("answers"),
    ),
    share_kpi(
        "promoters",
        text("Promoters"),
        Better.HIGHER,
        text("answers 9 and 10 ÷ answers to the recommendation question"),
        text("answers"),
        minimum=50,
    ),
    share_kpi(
        "passives",
        text("Passives"),
        Better.CONTEXT,
        text("answers from 7 to below 9 ÷ answers to the recommendation question"),
        text("answers"),
        minimum=50,
    ),
    share_kpi(
        "detractors",
        text("Detractors"),
        Better.LOWER,
        text("answers below 7 ÷ answers to the recommendation question"),
        text("answers"),
        minimum=50,
    ),
    Kpi(
        id="csat_score",
        name=text("Mean satisfaction score"),
        unit=Unit.SCALE,
        better=Better.HIGHER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("mean of the answers on the scale of the survey; no percentage"),
        lower=0,
        upper=10,
        minimum_sample=30,
        sample=text("answers"),
    ),
    Kpi(
        id="ces",
        name=text("Customer effort score (CES, 1 easy – 7 hard)"),
        unit=Unit.SCALE,
        better=Better.LOWER,
        aggregation=Aggregation.WEIGHTED_MEAN,
        formula=text("mean answer on the effort scale from 1 (very easy) to 7 (very hard)"),
        lower=1,
        upper=7,
        minimum_sample=30,
        sample=text("answers"),
    ),
)
