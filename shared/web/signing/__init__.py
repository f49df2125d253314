"""Signing over HTTP, built once for all services: rounds, signatures by account and scan, links and their page."""

from shared.web.signing.clock import SIGNING_CHORES
from shared.web.signing.link_routes import router as signing_links_router
from shared.web.signing.router import signings_router

__all__ = ["SIGNING_CHORES", "signing_links_router", "signings_router"]
