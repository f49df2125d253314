"""Rosters: taken over HTTP or from a folder, shown, confirmed and dismissed."""

from services.training.api.roster.routes import router

ROUTERS = (router,)
