"""What the tables of approvals hold of people: who asked and decided, by reference, and the reasons that were given."""

from typing import Final

from shared.personal.data_map import TEXT, held

APPROVALS: Final = (
    held(
        "approval_chain", "contract_file", refs="organization_id steps", plain="act several_steps in_force",
    ),
    held(
        "approval", "contract_file", object="about", refs="organization_id about chain_id steps asked_by",
        plain="service act mark chain_version several_steps asked_at cause status standing",
        fields={"decisions": TEXT.only("reason", empty=None)},
    ),
)  # fmt: skip
