"""Partnership's receipt for an erasure."""

from shared.contracts.erasure import ErasureReceiptBody
from shared.contracts.event import Event, named


@named("partnership.erasure.receipted", key="erasure_id")
class ErasureReceipted(ErasureReceiptBody, Event):
    """Partnership has forgotten a person."""
