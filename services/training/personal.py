"""What training holds of students, teachers, technicians and guardians: of which kind, how long, and what erasing does.

A row is found by the ids of persons in it. `plain` columns tell of nobody; `refs` are ids, which lead to nobody once
the person's own entry is blank.
"""

from typing import Final

from shared.personal.approvals import APPROVALS
from shared.personal.data_map import (
    ABSENCE,
    BIRTH,
    CAREER,
    CONSENT,
    CONTACT,
    NAME,
    NUMBER,
    PAY,
    PROOF,
    RESULT,
    SEX,
    TEXT,
    Age,
    Held,
    held,
    not_personal,
)
from shared.personal.spine import data_map

_PEOPLE: Final[tuple[Held, ...]] = (
    held(
        "student", "register", person="id", institution="university_id", refs="id story university_id programme_id",
        plain="study_year enrolled_on status erased_on",
        fields={"student_no": NUMBER.by_id, "name": NAME, "birth_date": BIRTH, "sex": SEX, "minor": BIRTH},
    ),
    held(
        "teacher", "register", person="id", institution="university_id", refs="id story university_id programme_ids",
        plain="teacher_kind hired_on new_hire region_code full_time status erased_on",
        fields={"staff_no": NUMBER.by_id, "name": NAME, "skills": CAREER, "career": CAREER, "department": CAREER},
    ),
    held(
        "technician", "register", person="id", institution="enterprise_id", refs="id story enterprise_id",
        plain="status erased_on",
        fields={
            "staff_no": NUMBER.by_id, "name": NAME, "skill_level": CAREER, "occupation_code": CAREER,
            "qualifications": CAREER, "titles": CAREER,
        },
    ),
    held("person_link", "register", person="id", removed=True, refs="id story organization_id identity_id"),
    held(
        "roster", "audit", refs="university_id sent_by decided_by",
        plain="roster_kind file_sha256 received_at counts faults finding applied refused next_part decided_at status "
        "current",
        age=Age(column="received_at", only={"current": (None,)}),
    ),
    held(
        "roster_change", "roster", person="person_id", institution="university_id", removed=True,
        refs="person_id university_id roster_id", plain="part change row received_at", fields={"said": BIRTH},
        age=Age(column="received_at"),
    ),
    held(
        "correction", "audit", person="person_id", institution="institution_id",
        refs="person_id institution_id decided_by", plain="fields asked_at decided_at status",
        fields={"proposal": TEXT, "reason": TEXT, "answer": TEXT},
        age=Age(column="decided_at"),
    ),
    held(
        "processing_consent", "consent", person="person_id", institution="institution_id",
        refs="person_id institution_id",
        fields={
            "edition": CONSENT.kept, "digest": CONSENT.kept, "given_at": CONSENT.kept, "withdrawn_at": CONSENT.kept,
        },
    ),
    held(
        "erasure", "audit", person="person_id", institution="institution_id", refs="person_id institution_id asked_by",
        plain="person_kind asked_at awaited receipts due_at status",
        age=Age(column="asked_at", only={"status": ("complete",)}),
    ),
)  # fmt: skip

_INTERNSHIPS: Final[tuple[Held, ...]] = (
    held(
        "placement", "internship_file", person="student_id", institution="university_id",
        refs="student_id university_id programme_id post_id enterprise_id agreement_id need_id supervisor_id mentor_id",
        plain="occupation_code site line_no internship_kind mode segments starts_on ends_on forced for_profit "
        "judgement related_major copied_from status",
        fields={
            "pay": PAY.kept, "papers": PROOF.only("number", "issuer", "document"),
            "unit_approval": PROOF.only("number", "issuer", "document"), "exceptions": TEXT.only("reason"),
            "termination_request": TEXT.only("reason"), "hours": RESULT.kept, "grade": RESULT.kept,
            "employer_rating": RESULT.kept,
        },
    ),
    held(
        "consent", "internship_file", person="student_id", institution="university_id",
        refs="placement_id student_id university_id supervisor_id text_id link_id document_id", plain="digest",
        fields={
            "giver": CONSENT.kept, "given": CONSENT.kept, "answered_at": CONSENT.kept, "voided_at": CONSENT.kept,
            "reason": TEXT, "guardian_name": NAME.whose("guardian"),
        },
    ),
    held(
        "consent_link", "link", person="student_id", institution="university_id",
        refs="placement_id student_id university_id text_id created_by", plain="used_at expires_at",
        hidden="token_hash",
        fields={"guardian_name": NAME.whose("guardian"), "guardian_phone": CONTACT.whose("guardian")},
        age=Age(column="expires_at"),
    ),
    held(
        "placement_log", "internship_file", person="student_id", institution="university_id",
        refs="placement_id student_id university_id enterprise_id supervisor_id reviewed_by",
        plain="monday week minutes written_on violations violated reviewed_at status",
        fields={"days": RESULT.kept, "text": TEXT, "remark": TEXT},
    ),
    held(
        "log_book", "internship_file", person="student_id", institution="university_id",
        refs="placement_id student_id university_id", plain="started_on told excused review_on",
    ),
    held(
        "incident", "internship_file", person="student_id", institution="university_id",
        refs="placement_id student_id university_id enterprise_id supervisor_id reporter handled_by",
        plain="incident_kind severity occurred_on reported_at handled_at days_to_handling status",
        fields={"text": TEXT, "handling": TEXT},
    ),
    held(
        "payment", "internship_file", person="student_id", institution="university_id",
        refs="placement_id student_id university_id enterprise_id supervisor_id",
        plain="form payee paid_on starts_on ends_on findings violated status",
        fields={"amount_fen": PAY.kept, "due_fen": PAY.kept, "objection": TEXT},
    ),
    held(
        "absence", "internship_file", person="student_id", institution="university_id",
        refs="placement_id student_id university_id enterprise_id supervisor_id decided_by",
        plain="starts_on ends_on status", fields={"reason": ABSENCE},
    ),
    held(
        "site_inspection", "internship_file", refs="unit_id enterprise_id university_id inspector_ids",
        plain="site visited_on findings fit evidence",
    ),
    not_personal("consent_text", "university_id edition title text digest published_on"),
    not_personal("site_listing", "unit_id enterprise_id university_id meeting_ref decided_on published_on valid_to"),
    not_personal("internship_unit", "enterprise_id external_interns declared_on record_check violations exceeded"),
    not_personal(
        "post",
        "enterprise_id agreement_id base_id title occupation_code site country region_code places independent "
        "programme_categories typical_tasks schedule pay conditions filing_no status",
    ),
)  # fmt: skip

_FACULTY: Final[tuple[Held, ...]] = (
    held(
        "practice", "practice_file", person="teacher_id", institution="university_id",
        refs="teacher_id university_id enterprise_id agreement_id seats_id need_id",
        plain="line_no form starts_on ends_on weekdays minutes_a_day log_count logged_minutes days_claimed "
        "verified_days status",
        fields={
            "plan_text": TEXT, "pauses": TEXT.only("reason"), "evidence": PROOF.only("number", "issuer", "document"),
            "verdicts": TEXT.only("reason", "comment"),
        },
    ),
    held(
        "practice_log", "practice_file", person="teacher_id", institution="university_id",
        refs="practice_id teacher_id university_id enterprise_id", plain="worked_on minutes", fields={"text": TEXT},
    ),
    held(
        "practice_seats", "contract_file", refs="agreement_id party_ids named_ids holder_ids",
        plain="seats taken status",
    ),
    held(
        "obligation", "practice_file", person="teacher_id", institution="university_id",
        refs="teacher_id university_id",
        plain="obligation_kind required_days done_days missing_days due_on begin_by review_on status",
    ),
    held(
        "leave", "practice_file", person="teacher_id", institution="university_id", refs="teacher_id university_id",
        plain="starts_on ends_on status", fields={"leave_kind": ABSENCE},
    ),
    held(
        "engagement", "contract_file", person="technician_id", institution="enterprise_id",
        refs="technician_id enterprise_id university_id special_post_id",
        plain="engagement_kind starts_on ends_on minutes_planned minutes_done status",
        fields={"fee_fen": PAY.kept, "end_reason": TEXT},
    ),
    held(
        "taught_day", "contract_file", person="technician_id", institution="enterprise_id",
        refs="engagement_id technician_id university_id enterprise_id", plain="taught_on minutes",
        fields={"text": TEXT},
    ),
    held(
        "special_post", "contract_file", refs="university_id programme_ids holder_ids",
        plain="post_no post_kind title seats taken status",
    ),
    held(
        "teaching_assignment", "practice_file", person="teacher_id", institution="university_id",
        refs="teacher_id university_id", plain="course starts_on ends_on finding status",
    ),
    held(
        "recognition", "recognition_file", person="teacher_id", institution="university_id",
        refs="teacher_id university_id batch_id",
        plain="rule_packs evidence_sha256 precheck publicity_starts_on publicity_ends_on starts_on ends_on remind_on "
        "reminded_on revoked_on revocation_reason review_on status",
        fields={
            "level": RESULT.kept, "review": TEXT.only("comment"), "decision": TEXT.only("reason", "minutes"),
            "objections": TEXT.only("text", "reason"), "rechecks": TEXT.only("reason"),
        },
    ),
    held(
        "evidence_item", "recognition_file", person="teacher_id", institution="university_id",
        refs="recognition_id teacher_id university_id source_id",
        plain="dimension source_kind quantity grade route seniority valid_to verification verified_on",
        fields={"title": TEXT},
    ),
    held(
        "evidence_package", "recognition_file", person="teacher_id", institution="university_id",
        refs="recognition_id teacher_id university_id", plain="frozen_on sha256",
        fields={"facts": RESULT.only("title")},
    ),
    held(
        "frozen_source", "recognition_file", person="teacher_id", institution="university_id",
        refs="recognition_id teacher_id university_id source_id", plain="source_kind",
    ),
    held(
        "recruitment_check", "recruitment_file", refs="recruitment_id university_id", plain="finding status",
        fields={"candidate_no": NUMBER, "name": NAME, "facts": CAREER, "exception": TEXT},
        age=Age(column="notice_on", parent="recruitment", through="recruitment_id"),
    ),
    not_personal(
        "recognition_batch",
        "university_id region_code title levels closes_on publicity_days validity_months opened_on rule_packs "
        "visibility status",
    ),
    not_personal(
        "recruitment",
        "university_id title programme_ids places notice_on selected publicised_from publicised_to status",
    ),
    not_personal("hosting_year", "enterprise_id year"),
    not_personal("head_count", "university_id year full_time part_time counted_on finding"),
)  # fmt: skip

_CREDITS_AND_COHORTS: Final[tuple[Held, ...]] = (
    held(
        "account", "credit_file", person="person_id", institution="university_id", refs="person_id university_id",
        plain="balance entry_count status",
    ),
    held(
        "ledger_entry", "credit_file", person="person_id", institution="university_id",
        refs="account_id person_id university_id conversion_id",
        plain="number entry_type half_credits balance_after entered_on",
    ),
    held(
        "outcome", "credit_file", person="person_id", institution="university_id",
        refs="account_id person_id university_id evidence_id", plain="outcome_kind hours course half_credits status",
    ),
    held(
        "conversion", "credit_file", person="person_id", institution="university_id",
        refs="account_id person_id university_id target_programme_id", plain="parts target_course half_credits status",
    ),
    held(
        "enrolment", "credit_file", person="student_id", institution="university_id",
        refs="cohort_id student_id university_id", plain="enrolled_on",
    ),
    not_personal(
        "cohort",
        "cohort_type programme_id occupation_code university_id enterprise_ids agreement_id need_id line_no "
        "planned enrolled hire_bp status",
    ),
)  # fmt: skip

_OTHERS: Final[tuple[Held, ...]] = (
    not_personal(
        "agreement",
        "agreement_type party_ids university_ids enterprise_ids need_id line_no starts_on ends_on status",
    ),
    not_personal("known_organization", "kind name_zh region_code industry_code employees_total posts"),
    not_personal("known_programme", "university_id total_half_credits status code"),
    not_personal("calendar_year", "year days"),
    not_personal(
        "training_base",
        "name base_kind operator_id party_ids invited_ids enterprise_ids agreement_id need_id line_no host_base_id "
        "functions industry_codes skills stations region_code latitude longitude open_scope visibility "
        "sector_exception partial building_on status",
    ),
)  # fmt: skip

PERSONAL: Final = data_map("training", *_PEOPLE, *_INTERNSHIPS, *_FACULTY, *_CREDITS_AND_COHORTS, *_OTHERS, *APPROVALS)
