"""Registers that come from tables: what can be imported, how its rows are entered, and how an import is undone."""
