//! What is odd in a hire an SIAE prescribed to itself: for the DDETS to look at first. Nothing is decided by it.

use crate::code::code;

code! {
    /// Something to look at. The view `self_prescriptions` says which hires have it.
    Anomaly {
        Criteria = "criteria", "Critères insuffisants pour ce type de structure";
        Age = "age", "Critère d’âge contraire à la date de naissance";
        NoPass = "no_pass", "PASS IAE non délivré";
    }
}
