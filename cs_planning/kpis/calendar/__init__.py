"""Days in, open hours and public holidays out: the calendar that service is measured by."""
