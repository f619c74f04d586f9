//! Diagnoses made by prescribers.
