"""Documents as evidence: what bytes are, where they are kept, and what a service knows of each."""
