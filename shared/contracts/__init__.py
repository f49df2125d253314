"""The only common language of the services: every event, typed, with its envelope, its ids and its topics."""
