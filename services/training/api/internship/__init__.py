"""The doors of internships: posts, units, what universities say of these, and the papers of placements."""

from services.training.api.internship import (
    absence,
    consent,
    consent_link,
    incident,
    payment,
    placement_log,
    post,
    quota,
    site,
    unit,
    violation,
)

ROUTERS = (
    post.router,
    unit.router,
    quota.router,
    site.router,
    consent.router,
    consent_link.router,
    placement_log.router,
    incident.router,
    payment.router,
    absence.router,
    violation.router,
)
