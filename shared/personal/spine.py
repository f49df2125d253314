"""What the tables hold that every service has: the trail, stored answers, decisions, papers, and the transport."""

from typing import Final

from shared.personal.data_map import NAME, PROOF, TEXT, Age, DataMap, Held, held, not_personal

_SPINE: Final = (
    held(
        "audit", "audit", refs="actor subject", plain="at organization_id act request_id", object="subject",
        fields={"reason": TEXT}, age=Age(column="at"),
    ),
    held(
        "decision", "decision_file", refs="subject", plain="rulepack decided_on", object="subject",
        fields={"body": TEXT.only("birth_date", "sex", empty=None)},
    ),
    held(
        "idempotency", "repeat", refs="actor", plain="method path key body_hash status headers created_at",
        fields={"answer": TEXT}, mentions="answer", elsewhere="tidy",
    ),
    held(
        "dead_letter", "failed_event",
        plain="consumer event_id topic partition offset key type headers payload error_type error attempts status "
        "first_seen last_seen",
        age=Age(column="last_seen", only={"status": ("replayed", "discarded")}),
    ),
    held(
        "document", "internship_file", person="person_id", refs="person_id owner_ids about",
        plain="service document_kind issued_on valid_to sha256 size media_type origin status",
        fields={"title": NAME, "number": PROOF, "issuer": PROOF},
    ),
    held(
        "signing", "internship_file", object="about", refs="document_id about organization_id owner_ids",
        plain="service document_kind sha256 ordered due_on asked_at reminder_days reminders remind_at cause status",
        fields={
            "signers": NAME.only("name", empty=None).whose("signatory"),
            "signatures": NAME.only("signatory").whose("signatory"),
        },
    ),
    held(
        "signing_link", "link", object="about", refs="signing_id about party organization_id created_by",
        plain="used_at expires_at", hidden="token_hash", fields={"signatory": NAME.whose("signatory")},
        age=Age(column="expires_at"),
    ),
    held(
        "import_record", "audit", refs="entered_by undone_by organization_id",
        plain="table_name file_sha256 row_count entered_count entered_at status undone_at standing",
        age=Age(column="entered_at"), along={"import_entry": "import_id"},
    ),
    held("import_entry", "audit", refs="import_id object_id", elsewhere="import_record"),
    held("reach", "register", refs="owner object_id", plain="kind"),
    held("inbox", "transport", plain="consumer event_id claimed_at", elsewhere="tidy"),
    not_personal("outbox", "event_id topic key type payload headers created_at"),
    not_personal("outbox_parked", "event_id topic key type payload headers created_at error parked_at"),
    not_personal("applied", "consumer source subject sequence"),
    not_personal("position", "consumer source position"),
    not_personal("erased", "table_name"),
    not_personal("bootstrap", "consumer completed_at"),
    not_personal("rule_pack", "digest published seen_at"),
    not_personal("institution_pack", "institution_id text reason entered_by entered_at"),
)  # fmt: skip


def data_map(service: str, *tables: Held) -> DataMap:
    """What a service holds: in its own tables, and in those of the spine."""
    return DataMap(service, (*tables, *_SPINE))
