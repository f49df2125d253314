"""The doors of internships: posts, units, what universities say of these, placements and their papers."""

from services.training.api.internship import (
    absence,
    compliance,
    consent,
    consent_link,
    filing,
    incident,
    payment,
    placement,
    placement_acts,
    placement_log,
    placement_paper,
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
    placement.router,
    placement_acts.router,
    compliance.router,
    filing.router,
    consent.router,
    consent_link.router,
    placement_log.router,
    placement_paper.router,
    incident.router,
    payment.router,
    absence.router,
    violation.router,
)
