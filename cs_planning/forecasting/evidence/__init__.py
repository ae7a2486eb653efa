"""A `KpiSeries` in; what of it a forecast may rest on, and what is known beside its values, out."""
