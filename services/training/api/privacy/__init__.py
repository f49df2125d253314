"""What people ask for about their own data, over HTTP."""

from services.training.api.privacy import consent, correction, erasure

ROUTERS = (erasure.router, correction.router, consent.router)
