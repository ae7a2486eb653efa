"""Goals and KPIs in; what they serve, and what pulls against what, out."""
