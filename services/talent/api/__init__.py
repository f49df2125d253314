"""Talent's doors: one module per kind of object, with its bodies, views and routes."""

from services.talent.api import candidate, programme, programme_year

ROUTERS = (programme.router, programme_year.router, candidate.router)
