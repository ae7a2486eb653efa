"""KPI series → goals."""
