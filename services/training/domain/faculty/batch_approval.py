"""What a university may let be approved inside before it publishes a batch of recognition."""

import hashlib
import json
from typing import Final

from services.training.domain.faculty.recognition_batch import RecognitionBatch

_READ: Final = ("title", "levels", "closes_on", "publicity_days", "validity_months")


def mark_of(batch: RecognitionBatch) -> str:
    """SHA-256 of all that was planned."""
    text = json.dumps({name: getattr(batch, name) for name in _READ}, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def require_unpublished(batch: RecognitionBatch, _organization_id: str) -> None:
    """Raise `BatchNotInOrder` once it was published."""
    batch.publish()
