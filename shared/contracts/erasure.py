"""What every service answers when a person was erased: that it has forgotten them too."""

from shared.contracts.event import Body
from shared.contracts.fields import Code
from shared.contracts.ids import ErasureId


class ErasureReceiptBody(Body):
    """This service has forgotten a person. `person_id` is a reference that leads to nobody any more."""

    erasure_id: ErasureId
    person_id: Code
