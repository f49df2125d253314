"""The local issuer of tokens: for the embedded edition, development and tests; it refuses to exist in production."""

from shared.identity.issuer.app import application
from shared.identity.issuer.clients import register
from shared.identity.issuer.key_folder import KeyFolder
from shared.identity.issuer.local import LIFETIME_SECONDS, LocalIssuer, NotInProduction

__all__ = ["LIFETIME_SECONDS", "KeyFolder", "LocalIssuer", "NotInProduction", "application", "register"]
