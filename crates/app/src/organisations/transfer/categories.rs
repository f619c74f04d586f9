//! What is in each category, by table and column; what no category holds, and why. A test holds both against the catalogue of the
//! database: whatever refers to an organisation is in one list or the other.

use iae_domain::organisations::transfer::Category;

/// What moves, and with which category.
pub const MOVED: &[(Category, &str, &str)] = &[
    (Category::Members, "memberships", "organisation_id"),
    (Category::Members, "sessions", "organisation_id"),
    (Category::Invitations, "invitations", "organisation_id"),
    (Category::ApplicationsReceived, "applications", "company_id"),
    (Category::ApplicationsReceived, "application_departments", "organisation_id"),
    (Category::ApplicationsReceived, "hired_passes", "company_id"),
    (Category::ApplicationsSent, "applications", "sender_organisation_id"),
    (Category::ApplicationsSent, "application_drafts", "organisation_id"),
    (Category::ApplicationsSent, "followers", "organisation_id"),
    (Category::Diagnoses, "eligibility_diagnoses", "organisation_id"),
    (Category::Diagnoses, "eligibility_proofs", "company_id"),
    (Category::Accompaniments, "candidate_relations", "organisation_id"),
    (Category::Accompaniments, "candidates", "created_by_organisation"),
    (Category::Accompaniments, "nir_corrections", "organisation_id"),
    (Category::Posts, "job_descriptions", "company_id"),
    (Category::Posts, "directory_jobs", "company_id"),
    (Category::Controls, "controls", "company_id"),
    (Category::Prolongations, "prolongations", "company_id"),
    (Category::Prolongations, "prolongations", "prescriber_organisation_id"),
    (Category::Prolongations, "prolongation_requests", "company_id"),
    (Category::Prolongations, "prolongation_requests", "prescriber_organisation_id"),
    (Category::Prolongations, "prolongation_reports", "company_id"),
    (Category::Prolongations, "cancelled_prolongation_requests", "company_id"),
    (Category::Prolongations, "cancelled_prolongation_requests", "prescriber_organisation_id"),
    (Category::Suspensions, "suspensions", "organisation_id"),
    (Category::Suspensions, "pass_closures", "organisation_id"),
];

/// What stays with the organisation it is of, and why.
pub const KEPT: &[(&str, &str, &str)] = &[
    ("organisations", "replaced_by", "where the old addresses of a closed organisation lead"),
    ("companies", "organisation_id", "what the organisation is"),
    ("prescriber_organisations", "organisation_id", "what the organisation is"),
    ("institutions", "organisation_id", "what the organisation is"),
    ("directory_employers", "organisation_id", "derived as the transaction commits"),
    ("companies_to_list", "company_id", "lives within a transaction"),
    ("sharing_consents", "organisation_id", "who recorded that the person agreed: never changed"),
    ("sharing_consents", "company_id", "whom the person agreed to: never changed"),
    (
        "draft_applications",
        "company_id",
        "its author chose this employer: told when it is sent, that it takes none",
    ),
    ("application_drafts", "company_id", "no longer used"),
    ("documents", "organisation_id", "who gave it in: its readers follow what owns it"),
    (
        "candidate_field_changes",
        "organisation_id",
        "the history of a file (HIS-1) says for whom a part was changed",
    ),
    ("control_list_lines", "company_id", "the list of a draw is frozen, and hashed (ADR 33)"),
    ("control_campaigns", "institution_id", "institutions are neither merged nor transferred"),
    ("habilitations", "organisation_id", "the order of a prefect names its organisation (guide P2 §1.1)"),
    ("siret_changes", "organisation_id", "the SIRET this organisation had (CMP-5)"),
    ("organisation_sirets", "organisation_id", "the SIRET this organisation has and had (CMP-5)"),
    ("structure_successions", "source_id", "what became of it: never changed"),
    ("structure_successions", "target_id", "what became of it: never changed"),
    ("organisation_transfers", "source_id", "the report itself"),
    ("organisation_transfers", "target_id", "the report itself"),
    (
        "sign_up_requests",
        "organisation_id",
        "a link is of the official address of its company (SGN-9); gone after half a year",
    ),
    ("organisation_remarks", "organisation_id", "what the team wrote of it, then"),
    ("exports", "organisation_id", "a sheet of its owner, gone after days"),
    ("spendings", "organisation_id", "counted for a day"),
    ("audit_events", "organisation_id", "the trail is never changed"),
];
