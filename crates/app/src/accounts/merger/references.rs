//! Every column that refers to an account, said once: what a merger writes anew, what it treats apart, what it leaves and why. A test
//! compares all three with the foreign keys of the database (`tests/http/admin/user_merger.rs`).

/// Tables with the columns that name the account that stays from then on, in place of the one that is no more.
pub const MOVED: &[(&str, &[&str])] = &[
    ("account_mergers", &["kept_id", "merged_by"]),
    ("account_remarks", &["user_id", "written_by"]),
    ("announcements", &["author_id", "changed_by"]),
    ("application_drafts", &["user_id"]),
    ("application_reminders", &["user_id"]),
    ("applications", &["sender_id"]),
    ("cancelled_passes", &["cancelled_by"]),
    ("candidate_field_changes", &["user_id"]),
    ("candidate_transfers", &["transferred_by"]),
    ("candidates", &["created_by"]),
    ("control_criteria", &["reviewed_by"]),
    ("conventions", &["reactivated_by"]),
    ("documents", &["uploaded_by"]),
    ("eligibility_diagnoses", &["author_id"]),
    ("eligibility_proofs", &["deposited_by"]),
    ("exports", &["user_id"]),
    ("followers", &["user_id"]),
    ("habilitation_pieces", &["given_by"]),
    ("habilitations", &["changed_by"]),
    ("impersonations", &["staff_id", "target_id"]),
    ("imports", &["imported_by"]),
    ("invitations", &["sender_id", "accepted_by"]),
    ("member_handovers", &["to_user_id"]),
    ("memberships", &["user_id", "updated_by"]),
    ("nir_corrections", &["asked_by", "decided_by"]),
    ("organisation_remarks", &["written_by"]),
    ("organisation_transfers", &["done_by"]),
    ("organisations", &["profile_published_by"]),
    ("pass_closures", &["closed_by"]),
    ("pass_corrections", &["corrected_by"]),
    ("prescriber_organisations", &["authorisation_updated_by"]),
    ("prolongation_requests", &["declared_by", "assignee_id", "processed_by"]),
    ("prolongations", &["declared_by", "validated_by"]),
    ("sign_up_requests", &["user_id", "contact_id", "used_by"]),
    ("spendings", &["user_id"]),
    ("suspensions", &["created_by", "updated_by"]),
];

/// What a statement of its own writes (`store.rs`), and what becomes of it.
pub const APART: &[(&str, &str, &str)] = &[
    (
        "account_letters",
        "user_id",
        "goes with the identity: links of the one that ends open nothing any more",
    ),
    ("application_reads", "user_id", "what both read was read when it last was"),
    ("backup_codes", "user_id", "goes with the identity"),
    ("candidate_relations", "user_id", "of a person both accompany, the last action counts"),
    ("identities", "user_id", "is the identity"),
    ("local_passwords", "user_id", "goes with the identity"),
    ("second_factors", "user_id", "go with the identity, sealed anew for the account that stays"),
    ("sessions", "user_id", "go with the identity: the others end"),
];

/// What goes on naming the account that is no more, and why.
pub const LEFT: &[(&str, &str, &str)] = &[
    ("account_mergers", "former_id", "says which account is no more"),
    ("application_transitions", "user_id", "the history of an application is never written again"),
    ("candidates", "id", "the file of a candidate, whose account is no professional’s"),
    ("control_decisions", "decided_by", "a decision that was notified is never written again"),
    ("sharing_consents", "recorded_by", "a consent is never written again"),
    ("staff_groups", "user_id", "of the team, which merges nothing of its own"),
    ("structure_successions", "decided_by", "a succession is never written again, and is the team’s"),
];
