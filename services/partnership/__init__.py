"""Partnership: who takes part in the alliance, what they look for and offer, and what they agree.

Owns organisations, needs with their lines, capabilities, matches' answers, agreements and their signatures.
Publishes `partnership.organization.*`, `need.*`, `capability.*`, `match.*` and `agreement.*`.
Listens to talent's proposals and to what training opened, started and verified.
"""
