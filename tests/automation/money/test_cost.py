import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.formulas.money import break_even_containment, monthly_saving, return_on_investment, scheduled_agents
from cs_planning.automation.money.cost import net_present_value, payback_month, ramp, roster_cost
from cs_planning.errors import InvalidOperation


def test_paid_hours_hold_the_shrinkage():
    assert roster_cost(40 * 8, 0.3, 28) == pytest.approx(12_800)
    assert scheduled_agents(14, 0.3) == 20
    assert scheduled_agents(7, 0.3) == 10


def test_value_and_payback_agree_with_a_month_by_month_account():
    flows = np.full(24, 5_000.0)
    account, value, paid = -50_000.0, -50_000.0, None
    for month in range(1, 25):
        account += 5_000
        value += 5_000 / 1.1 ** (month / 12)
        if account >= 0 and paid is None:
            paid = month
    assert net_present_value(50_000, flows, 0.1) == pytest.approx(value)
    assert payback_month(50_000, flows) == paid
    assert return_on_investment(50_000, flows) == pytest.approx(1.4)


def test_what_never_pays_says_never_instead_of_a_number():
    assert payback_month(1_000, np.zeros(12)) is None
    assert payback_month(1_000, np.full(12, -5.0)) is None
    assert payback_month(0, np.full(12, 5.0)) == 0
    assert return_on_investment(0, np.full(12, 5.0)) is None
    assert break_even_containment(human_cost=1, price=5) is None
    with pytest.raises(InvalidOperation):
        net_present_value(1, np.ones(3), -1)


@given(
    human=st.floats(1, 50),
    price=st.floats(0, 10),
    extra=st.floats(0, 3),
    fixed=st.floats(0, 3),
    pricing=st.sampled_from(["per_resolution", "per_conversation"]),
    first=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_at_the_break_even_nothing_is_saved_and_nothing_lost(human, price, extra, fixed, pricing, first):
    share = break_even_containment(
        human_cost=human,
        price=price,
        escalation_extra_cost=extra,
        fixed_per_contact=fixed,
        pricing=pricing,
        easiest_first=first,
    )
    if share is not None and share > 0:
        saved = monthly_saving(
            contacts=1,
            containment=share,
            human_cost=human,
            price=price,
            escalation_extra_cost=extra,
            fixed_per_month=fixed,
            pricing=pricing,
            easiest_first=first,
        )
        assert saved == pytest.approx(0, abs=1e-6 * human)


def test_a_bot_that_takes_the_easy_contacts_needs_more_of_them():
    costs = {"human_cost": 6.0, "price": 0.5, "escalation_extra_cost": 0.4, "fixed_per_contact": 0.3}
    at_random = break_even_containment(**costs, pricing="per_conversation")
    easiest = break_even_containment(**costs, pricing="per_conversation", easiest_first=1.0)
    assert at_random == pytest.approx(1.2 / 6.4)
    assert easiest > 2 * at_random


def test_a_ramp_grows_to_the_full_effect():
    assert ramp(6, 4).tolist() == [0.25, 0.5, 0.75, 1, 1, 1]
    assert ramp(3, 0).tolist() == [1, 1, 1]
