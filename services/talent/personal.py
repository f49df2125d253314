"""What talent holds of people: teachers who could be proposed, by reference and with what they can do."""

from typing import Final

from shared.personal.data_map import CAREER, held, not_personal
from shared.personal.spine import data_map

PERSONAL: Final = data_map(
    "talent",
    held(
        "candidate", "register", person="id", institution="organization_id", removed=True,
        refs="id organization_id programme_ids enterprise_ids",
        plain="kind name status region_code latitude longitude capacity open_scope teacher_kind",
        fields={"skills": CAREER},
    ),
    held("obligation", "practice_file", person="teacher_id", removed=True, refs="teacher_id"),
    held(
        "proposal", "contract_file", person="candidate_id", institution="organization_id",
        refs="need_id need_organization_id candidate_id organization_id",
        plain="line_no candidate_kind status rank score parts model_version",
        fields={"missing_skills": CAREER, "explanation": CAREER},
    ),
    held(
        "capability", "contract_file", refs="organization_id candidate_ids",
        plain="kind published capacity starts_on ends_on skills",
    ),
    not_personal(
        "programme",
        "university_id status code name level industry_codes occupation_codes skills region_code students "
        "total_half_credits",
    ),
    not_personal("programme_year", "programme_id university_id year metrics"),
    not_personal("demand", "organization_id status lines terms look_again_at"),
    not_personal("track_record", "confirmed answered"),
    not_personal("organization", "kind status region_code latitude longitude"),
)  # fmt: skip
