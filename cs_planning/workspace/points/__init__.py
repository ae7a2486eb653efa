"""Contact logs in; the points of the series that come of them, and of those that rest on other points."""
