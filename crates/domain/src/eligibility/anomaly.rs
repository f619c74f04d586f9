//! What is odd in a hire an SIAE prescribed to itself: for the DDETS to look at first. Nothing is decided by it.

use crate::code::code;

code! {
    /// Something to look at. Noted on the hire by the trigger `applications_self_prescribed`.
    Anomaly {
        Criteria = "criteria", "Critères insuffisants pour ce type de structure";
        Age = "age", "Critère d’âge contraire à la date de naissance";
        NoPass = "no_pass", "PASS IAE non délivré";
    }
}
