"""Approvals over HTTP, built once for all services: chains as data, and what was asked for and decided under them."""

from shared.web.approvals.router import approvals_router

__all__ = ["approvals_router"]
