"""What a header says: role, KPI, unit, scale, clock."""
