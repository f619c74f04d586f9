//! Every column that says whose file something is of, said once: what goes with which part of a file, and what stays, and why. A
//! test compares both with the database (`tests/http/admin/data_transfer.rs`).

use iae_domain::candidates::TransferPart;

/// What goes to another file, and with which part of it; documents go with what they belong to.
pub const MOVED: &[(&str, &str, &[TransferPart])] = &[
    ("applications", "candidate_id", &[TransferPart::Applications]),
    ("cancelled_passes", "candidate_id", &[TransferPart::Passes]),
    ("candidate_relations", "candidate_id", &[TransferPart::Accompaniments]),
    ("control_criteria", "candidate_id", &[TransferPart::Applications]),
    ("control_hires", "candidate_id", &[TransferPart::Applications]),
    (
        "documents",
        "candidate_id",
        &[TransferPart::Passes, TransferPart::Diagnoses, TransferPart::Applications],
    ),
    ("eligibility_diagnoses", "candidate_id", &[TransferPart::Diagnoses]),
    ("eligibility_proofs", "candidate_id", &[TransferPart::Diagnoses]),
    ("followed_people", "candidate_id", &[TransferPart::Accompaniments]),
    ("passes", "candidate_id", &[TransferPart::Passes]),
    ("prolongation_reports", "candidate_id", &[TransferPart::Passes]),
];

/// What stays with the file, and why.
pub const LEFT: &[(&str, &str, &str)] = &[
    ("application_drafts", "candidate_id", "nothing was sent yet: whoever writes it chooses for whom"),
    ("candidate_field_changes", "candidate_id", "the history of what this file says"),
    ("candidate_transfers", "from_id", "says what left this file"),
    ("candidate_transfers", "to_id", "says what came to this file"),
    ("control_list_lines", "candidate_id", "what is frozen for a draw is never written again"),
    ("identity_certifications", "candidate_id", "vouches for what this file says"),
    ("nir_corrections", "candidate_id", "asks about the number of this file"),
    ("sharing_consents", "candidate_id", "a consent is never written again; its application still names it"),
];
