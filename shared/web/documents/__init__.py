"""Documents over HTTP, built once for all services: kept, listed, read, voided, verified; and what an object lacks."""
