"""The results that a company wants from service, which KPIs lead to."""

from collections.abc import Mapping

from cs_planning.kpis.kpi import Kgi
from cs_planning.language import text

KGIS: Mapping[str, Kgi] = {
    kgi.id: kgi
    for kgi in (
        Kgi(id="satisfaction", name=text("Higher customer satisfaction")),
        Kgi(id="loyalty", name=text("Customer loyalty")),
        Kgi(id="fewer_enquiries", name=text("Fewer enquiries")),
        Kgi(id="support_cost", name=text("Lower support cost")),
        Kgi(id="retention", name=text("Retention rate")),
        Kgi(id="repeat_purchase", name=text("Repeat-purchase rate")),
        Kgi(id="fewer_complaints", name=text("Fewer complaints")),
        Kgi(id="sla_kept", name=text("Service-level agreement kept")),
        Kgi(id="new_customers", name=text("New customers won")),
        Kgi(id="market_share", name=text("Market share and lead over competitors")),
        Kgi(id="brand_image", name=text("Brand image")),
        Kgi(id="lifetime_value", name=text("Customer lifetime value")),
    )
}
"""Every KGI by its id."""
