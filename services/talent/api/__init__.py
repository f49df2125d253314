"""Talent's doors: one module per kind of object, with its bodies, views and routes."""

from services.talent.api import candidate, programme

ROUTERS = (programme.router, candidate.router)
