"""What the Import, Data quality, Feedback and Settings pages are drawn from."""
