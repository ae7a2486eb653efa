"""A `Table` in, a `Mapping` out: what each column is, by its header and by what stands in it."""
