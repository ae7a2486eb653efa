"""One file for each kind of cell, with its model, its run, its options and its words; the registry finds it."""
