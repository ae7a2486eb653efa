"""What the Forecast page is drawn from: the question, the answer, the doubts."""
