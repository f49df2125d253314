"""Notify: who is told what, once, and the feed of everything that happens.

Owns parties' addresses and preferences, the inbox, and 30 days of every service's events under consecutive positions.
Reminds of what is still owed, step by step. Publishes that a notification was delivered, and that a step was reached.
Listens to the state of organisations, people, agreements and needs (who answers for what) and of obligations (what is
still owed), to every event for which its table has a route, and, unread, to all events for the feed.
"""
