from cs_planning.goals.objectives.linking import own_kpis
from cs_planning.kpis.catalogue import CATALOGUE, KGIS


def test_a_company_goal_is_told_by_kpis_that_there_are_the_best_first():
    named = {objective: own_kpis(objective) for objective in KGIS}
    assert named["support_cost"][0] == "service_cost"
    assert named["satisfaction"][0] == "csat"
    assert named["new_customers"] == ()
    families = {one.split(".")[0] for one in CATALOGUE}
    known = [one for kpis in named.values() for one in kpis]
    assert [one for one in known if one not in families and not any(each.startswith(one) for each in families)] == []
