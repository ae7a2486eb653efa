"""Tables of figures in, KPI points out: call-centre statistics, costs, KPIs by period."""
