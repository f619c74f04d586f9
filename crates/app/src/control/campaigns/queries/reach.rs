//! Whether an SIAE that was drawn can be reached, and can answer: it may submit all the same, and whoever controls it is told (ADR 33).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::french;
use iae_domain::time::paris_date;

/// How an SIAE is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Whether someone administers it: nobody else receives the mails of a control.
    pub has_admin: bool,
    /// Whether its convention is active.
    pub is_active: bool,
    /// Until when its members keep their access, once it is not.
    pub access_until: Option<DateTime<Utc>>,
}

impl Reach {
    /// What keeps it from being reached, or from answering.
    pub fn notices(self, today: NaiveDate) -> Vec<String> {
        let mut notices = Vec::new();
        if !self.has_admin {
            notices.push(
                "Aucun administrateur actif\u{a0}: personne n’y reçoit les e-mails du contrôle.".to_owned(),
            );
        }
        if self.is_active {
            return notices;
        }
        notices.push(match self.access_until.map(paris_date) {
            Some(until) if until >= today => {
                format!("Convention désactivée\u{a0}: accès jusqu’au {}.", french::date(until))
            }
            Some(until) => {
                format!("Convention désactivée\u{a0}: plus d’accès depuis le {}.", french::date(until))
            }
            None => "Convention désactivée\u{a0}: plus d’accès.".to_owned(),
        });
        notices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_an_siae_from_answering() {
        let reach = |has_admin, is_active, until: Option<&str>| {
            let access_until = until.map(|until| until.parse().unwrap());
            let reach = Reach { has_admin, is_active, access_until };
            reach.notices("2026-07-10".parse().unwrap()).join(" ").replace('\u{a0}', " ")
        };
        assert_eq!(reach(true, true, None), "");
        assert_eq!(
            reach(false, true, None),
            "Aucun administrateur actif : personne n’y reçoit les e-mails du contrôle."
        );
        for (until, expected) in [
            (Some("2026-07-10T08:00:00Z"), "Convention désactivée : accès jusqu’au 10 juillet 2026."),
            (Some("2026-07-09T08:00:00Z"), "Convention désactivée : plus d’accès depuis le 9 juillet 2026."),
            (None, "Convention désactivée : plus d’accès."),
        ] {
            assert_eq!(reach(true, false, until), expected);
        }
        assert!(reach(false, false, None).ends_with("plus d’accès."), "both are said");
    }
}
