"""Writes what of `deploy/kubernetes` follows from the code: services, topics, rights, settings, ports, rules.

Kustomizations, and whatever nothing in the code decides, are written by hand beside it.
"""
