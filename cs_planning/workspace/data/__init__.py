"""Files of a user in; kept imports, contacts and KPI series out."""
