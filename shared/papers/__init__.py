"""Papers that an office can sign: printed from a template and data, with the same bytes for the same data."""
