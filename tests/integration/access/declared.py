"""Which routes are not simply about one thing of somebody's: each is named here, so that a new one is a decision."""

PUBLIC = {
    "GET /livez", "GET /readyz", "GET /metrics", "GET /openapi.json", "HEAD /openapi.json", "GET /asyncapi.json",
    "GET /docs", "GET /docs/{asset}",
}  # fmt: skip
SIGNING = {
    "GET /v1/signing-links/{token}", "GET /v1/signing-links/{token}/document",
    "POST /v1/signing-links/{token}/signature",
}  # fmt: skip
VERIFICATION = {"GET /v1/documents/verification", "GET /v1/documents/{sha256}/verification"}
PUBLIC_IN = {
    "partnership": {
        "GET /v1/signature-links/{token}", "POST /v1/signature-links/{token}/signature", *VERIFICATION, *SIGNING,
    },
    "training": {"GET /v1/consent-links/{token}", "POST /v1/consent-links/{token}/answer", *VERIFICATION, *SIGNING},
}  # fmt: skip
OF_THE_ALLIANCE = {
    "partnership": {"GET /v1/organizations/{organization_id}", "GET /v1/capabilities/{capability_id}"},
    "training": {
        "GET /v1/posts/{post_id}", "GET /v1/internship-units/{unit_id}", "GET /v1/site-listings/{listing_id}",
        "GET /v1/consent-texts/{text_id}", "POST /v1/internship-units/{unit_id}/record-checks",
        "GET /v1/internship-units/{unit_id}/quota", "GET /v1/recognition-batches/{batch_id}",
    },
    "talent": {"GET /v1/programmes/{programme_id}"},
}  # fmt: skip
"""What every organisation of the alliance may read, or state of another in public."""
OF_EVERYBODY = {"GET /v1/rules/{rule_id}", "POST /v1/rules/{rule_id}/trials"}
"""What everybody reads who is signed in, whoever they are."""
OF_OPERATORS = {"GET /v1/operations/dead-letters/{id}"}
BEYOND_ONE_S_OWN = {
    "partnership": {
        "POST /v1/organizations/{organization_id}/verification",
        "POST /v1/organizations/{organization_id}/suspension",
        "GET /v1/imports/{import_id}",
        "POST /v1/imports/{import_id}/undoing",
    },
    "training": {
        "POST /v1/bases/{base_id}/overrides",
        "POST /v1/person-links/{person_id}/separation",
        "POST /v1/internship-units/{unit_id}/violations",
        "POST /v1/internship-units/{unit_id}/violation-withdrawals",
        "POST /v1/placements/{placement_id}/overrides",
        "GET /v1/calendar/{year}",
        "PUT /v1/calendar/{year}",
    },
    "notify": {"GET /v1/operations/tellings/{correlationid}"},
}
"""What only roles may do that reach every organisation's things."""
BY_SCOPE = {"notify": {"GET /v1/stories/{correlationid}"}}
"""The feed belongs to nobody: whoever has the scope reads all of it."""
NAMED_IN_THE_BODY = {
    "partnership": {"POST /v1/documents", "POST /v1/signings", "POST /v1/approvals"},
    "training": {
        "POST /v1/documents", "POST /v1/signings", "POST /v1/approvals",
        "POST /v1/accounts", "POST /v1/outcomes", "POST /v1/conversions", "POST /v1/practices", "POST /v1/placements",
        "POST /v1/recognitions",
    },
}  # fmt: skip
"""Routes whose object stands in the body, or beside it in the query."""
NEW = {
    "partnership": {
        "POST /v1/organizations", "POST /v1/needs", "POST /v1/capabilities", "POST /v1/agreements",
        "POST /v1/rule-packs", "POST /v1/tables/organizations/imports", "POST /v1/approval-chains",
    },
    "training": {
        "POST /v1/bases", "POST /v1/teachers", "POST /v1/students", "POST /v1/student-imports", "POST /v1/posts",
        "POST /v1/site-inspections", "POST /v1/site-lists", "POST /v1/consent-texts",
        "POST /v1/hosting-years",
        "POST /v1/technicians", "POST /v1/special-posts", "POST /v1/engagements", "POST /v1/head-counts",
        "POST /v1/recruitments", "POST /v1/person-links", "POST /v1/teacher-imports",
        "POST /v1/student-graduations", "POST /v1/tables/students/imports", "POST /v1/tables/teachers/imports",
        "POST /v1/tables/posts/imports", "POST /v1/tables/placements/imports", "POST /v1/tables/practices/imports",
        "POST /v1/recognition-batches",
        "POST /v1/placement-batches", "POST /v1/rule-packs", "POST /v1/approval-chains",
        "POST /v1/rosters/students", "POST /v1/rosters/teachers", "POST /v1/rosters/special-posts",
        "POST /v1/tables/special-posts/imports",
    },
    "talent": {"POST /v1/programmes", "POST /v1/rule-packs", "POST /v1/tables/programme-years/imports"},
    "notify": {"POST /v1/delegations"},
}  # fmt: skip
"""Routes that make a thing of the caller's own."""
OF_THE_MONITORING = {"notify": {"POST /v1/alerts"}}
"""Where operators and their monitoring hand something in, of which nobody's things are made."""
NOT_LISTED = {
    "partnership": {"signature-links/{token}", "signing-links/{token}", "imports/{import_id}"},
    "training": {"consent-links/{token}", "signing-links/{token}"},
    "talent": {"needs/{need_id}"},
}
"""What stands in no list at all."""
AMONG_COLLEAGUES = {"POST /v1/practices": 403}
"""What an organisation opens to all of its people; that it is somebody else's practice, the handler says."""
IN_BATCHES = {
    "partnership": {
        "POST /v1/agreements/{agreement_id}/submission", "POST /v1/agreements/{agreement_id}/signatures",
        "POST /v1/agreements/{agreement_id}/signature-links", "POST /v1/agreements/{agreement_id}/papers",
        "POST /v1/signings", "POST /v1/signings/{signing_id}/signatures", "POST /v1/signings/{signing_id}/links",
        "POST /v1/approvals", "POST /v1/approvals/{approval_id}/decisions",
    },
    "training": {
        "POST /v1/placements/{placement_id}/checks", "POST /v1/placements/{placement_id}/approval",
        "POST /v1/placements/{placement_id}/start", "POST /v1/placements/{placement_id}/cancellation",
        "POST /v1/placements/{placement_id}/completion", "POST /v1/placements/{placement_id}/archival",
        "POST /v1/placements/{placement_id}/evidence", "POST /v1/placements/{placement_id}/consent-links",
        "POST /v1/placements/{placement_id}/papers",
        "POST /v1/signings", "POST /v1/signings/{signing_id}/signatures", "POST /v1/signings/{signing_id}/links",
        "POST /v1/approvals", "POST /v1/approvals/{approval_id}/decisions",
    },
}  # fmt: skip
"""Acts that may also be done to many objects by one request."""
