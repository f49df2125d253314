"""Signing: who signs the exact bytes of a document, in which order, by which way, and what voids it."""
