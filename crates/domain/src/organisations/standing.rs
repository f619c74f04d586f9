//! Where an organisation stands, as the team reads it. The view `organisation_standings` says it, from the activity of a company
//! ([`super::activity`]) and from what became of it.

use crate::code::code;

code! {
    /// Where an organisation stands (rule book 01 §3.4, §13).
    Standing {
        Open = "open", "Ouverte";
        Active = "active", "Active";
        Grace = "grace", "Délai de grâce";
        Ended = "ended", "Terminée";
        Disabled = "disabled", "Désactivée";
        Closed = "closed", "Fermée";
    }
}
