"""What partnership holds of people: who signed for a party, whom a party let sign. Teachers are named by reference."""

from typing import Final

from shared.personal.approvals import APPROVALS
from shared.personal.data_map import NAME, Age, held, not_personal
from shared.personal.spine import data_map

PERSONAL: Final = data_map(
    "partnership",
    held(
        "agreement", "contract_file",
        refs="parent_id need_id",
        plain="type parties line_no matches starts_on ends_on content terms status warnings submitted_on reason",
        fields={"signatures": NAME.kept.whose("signatory")},
    ),
    held(
        "signature_link", "link", refs="agreement_id organization_id created_by", plain="used_at expires_at",
        hidden="token_hash", fields={"signatory": NAME.whose("signatory")}, age=Age(column="expires_at"),
    ),
    held(
        "capability", "contract_file", refs="organization_id programme_ids base_ids teacher_ids",
        plain="capability_kind capacity starts_on ends_on skills status",
    ),
    not_personal(
        "organization",
        "organization_kind name_zh name_en uscc region_code industry_code employees_total posts latitude longitude "
        "leading status warnings",
    ),
    not_personal(
        "need",
        "organization_id lines starts_on ends_on region_code visibility named_organization_ids details status "
        "posted_at expires_at",
    ),
    held(
        "match", "contract_file", refs="need_id need_organization_id candidate_id candidate_organization_id",
        plain="line_no candidate_kind scored status acceptances reason expires_at",
    ),
    *APPROVALS,
)  # fmt: skip
