//! The life of a mail in the outbox.

use crate::code::code;

code! {
    /// Where a mail is on its way out.
    EmailStatus {
        Queued = "queued", "En attente d’envoi";
        Sent = "sent", "Envoyé";
        Failed = "failed", "En échec";
    }
}
