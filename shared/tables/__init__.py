"""Tables that people fill in, as CSV or as a workbook: what they look like, and how they are read without surprises."""

from shared.tables.checked import Checked, Fault, Row, TableRefused
from shared.tables.checking import check
from shared.tables.shape import Column, TableShape
from shared.tables.sheet import MAX_TABLE_BYTES
from shared.tables.template import template, template_book

__all__ = [
    "MAX_TABLE_BYTES",
    "Checked",
    "Column",
    "Fault",
    "Row",
    "TableRefused",
    "TableShape",
    "check",
    "template",
    "template_book",
]
