"""The few words that every domain shares: what an aggregate is, what a handler is given, and what a day is."""
