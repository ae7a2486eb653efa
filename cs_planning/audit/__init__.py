"""KPI series, goals and answers → gaps → draft goals."""
