"""Documents: what people edit and must not be lost; a document comes in, and goes out with its version and its history."""
