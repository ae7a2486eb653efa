"""What service usually costs in a currency, where nobody and no data told it; where nobody knows it, it is asked for.

The figures and where they come from stand in `docs/automation.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cs_planning.automation.ranges import Range


@dataclass(frozen=True)
class UsualPrices:
    """Usual prices in one currency.

    Attributes:
        agent_hour: full cost of a paid hour of a person on the service.
        resolution: that vendors of bots ask for each contact that ends with the bot.
        step_of_resolution: by which the price of a resolution is moved on the screen.
    """

    agent_hour: float
    resolution: Range
    step_of_resolution: float = 0.05


_PRICES: Mapping[str, UsualPrices] = {
    "USD": UsualPrices(30.0, Range(min=0.50, mode=0.99, max=2.00)),
    "EUR": UsualPrices(28.0, Range(min=0.45, mode=0.90, max=1.80)),
    "GBP": UsualPrices(20.0, Range(min=0.40, mode=0.80, max=1.60)),
    "CHF": UsualPrices(45.0, Range(min=0.45, mode=0.90, max=1.80)),
    "CAD": UsualPrices(33.0, Range(min=0.70, mode=1.40, max=2.80)),
    "AUD": UsualPrices(45.0, Range(min=0.75, mode=1.50, max=3.00)),
    "JPY": UsualPrices(2_500.0, Range(min=75.0, mode=150.0, max=300.0), 5.0),
}


def usual_prices(currency: str) -> UsualPrices | None:
    """The usual prices in a currency (ISO 4217); None where nobody knows them, so that they are asked for."""
    return _PRICES.get(currency)


def is_usual_resolution(price: object) -> bool:
    """Whether a price of a resolution is the usual one of some currency, so that nobody has set it."""
    return any(price == known.resolution for known in _PRICES.values())
