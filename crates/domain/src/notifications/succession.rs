//! Mails about what became of a structure: the administrators of both are told (rule book 05, C13).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::organisations::{OrganisationChange, OrganisationEvent};

code! {
    /// Mails about what became of a structure.
    SuccessionMail {
        SiretChanged = "succession_siret_changed", "Changement de SIRET de la structure";
        /// To those of both: whoever administered the one that closed administers the one that took over.
        Merged = "succession_merged", "Fusion de deux structures";
        SplitOff = "succession_split", "Scission de la structure";
        /// The same, to those of the structure that took a part.
        TookPart = "succession_took_part", "Reprise d’une partie d’une structure";
    }
}

/// Whom what became of a structure is told.
pub(super) fn notices(event: &OrganisationEvent) -> Vec<Notice> {
    let mail = if matches!(event.change, OrganisationChange::SiretChanged { .. }) {
        SuccessionMail::SiretChanged
    } else if matches!(event.change, OrganisationChange::TookOver { .. }) {
        SuccessionMail::Merged
    } else if matches!(event.change, OrganisationChange::SplitInto { .. }) {
        SuccessionMail::SplitOff
    } else if matches!(event.change, OrganisationChange::TookPartOf { .. }) {
        SuccessionMail::TookPart
    } else {
        return vec![];
    };
    vec![Notice {
        recipient: Recipient::Administrators(event.organisation),
        mail: Mail::Succession(mail, event.organisation),
        answers_to: AnswersTo::Support,
    }]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{OrganisationId, SuccessionId};

    /// A structure that is merged has no administrator left: theirs is the other one.
    #[test]
    fn the_administrators_of_both_are_told_once() {
        let (source, target) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        let succession = SuccessionId(Uuid::from_u128(3));
        let told = |organisation, change| {
            let notices = notices(&OrganisationEvent { organisation, change });
            notices.into_iter().map(|notice| (notice.recipient, notice.mail)).collect::<Vec<_>>()
        };
        assert_eq!(told(source, OrganisationChange::MergedInto { succession, target }), []);
        let both = told(target, OrganisationChange::TookOver { succession, source });
        let mail = Mail::Succession(SuccessionMail::Merged, target);
        assert_eq!(both, [(Recipient::Administrators(target), mail)]);
        assert_eq!(told(source, OrganisationChange::SplitInto { succession, target }).len(), 1);
        assert_eq!(told(target, OrganisationChange::TookPartOf { succession, source }).len(), 1);
        assert_eq!(told(source, OrganisationChange::Updated), []);
    }
}
