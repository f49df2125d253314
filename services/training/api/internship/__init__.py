"""The doors of internships: posts, units, and what universities say of these."""

from services.training.api.internship import post, site, unit

ROUTERS = (post.router, unit.router, site.router)
