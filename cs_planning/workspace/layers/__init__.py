"""What each import brought by itself, layer on layer: so that one can be taken back and the others stay."""
