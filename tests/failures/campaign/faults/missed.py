"""A fault that did not come about, which is nobody's merit and no proof of anything."""


class Missed(Exception):
    """What was to happen did not: the process never came to the point, nobody led just then."""
