"""Partnership's doors: one module per kind of object, with its bodies, views and routes."""

from services.partnership.api import (
    agreement,
    agreement_paper,
    capability,
    match,
    need,
    organization,
    signature_link,
)

ROUTERS = (
    organization.router,
    need.router,
    capability.router,
    match.router,
    agreement.router,
    agreement_paper.router,
    signature_link.router,
)
