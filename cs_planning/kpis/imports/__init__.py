"""A whole file in, an `Imported` out: its kind recognised, its columns mapped, its rows converted."""
