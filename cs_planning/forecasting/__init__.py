"""KPI series and goals → probabilities."""
