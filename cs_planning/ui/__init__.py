"""What the pages share: session, cache, drawing."""
