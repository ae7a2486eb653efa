"""Goal planning for customer-service teams: KPI history → SMART goals → probabilities → what-if → goal pages."""

__version__ = "0.1.0"
