"""Notify: who is told what, once, and the feed of everything that happens.

Owns parties' addresses and preferences, the inbox, and 30 days of every service's events under consecutive positions.
Publishes that a notification was delivered. Listens to the state of organisations, people, agreements and needs (who
answers for what), to every event for which its table has a route, and, unread, to all events for the feed.
"""
