//! Mails about the files of candidates (rule book 02 §14.4).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::candidates::{Author, CandidateChange, CandidateEvent, Field, FieldChange};
use crate::code::code;

code! {
    /// Mails about a candidate's file.
    CandidateMail {
        Created = "candidate_created", "Création de compte par un professionnel";
        Updated = "candidate_updated", "Dossier modifié par un professionnel";
        EmailChanged = "candidate_email_changed", "Adresse e-mail modifiée par un professionnel";
    }
}

code! {
    /// Mails about a request to correct a NIR.
    NirCorrectionMail {
        Asked = "nir_correction_asked", "Correction de numéro de sécurité sociale demandée";
        Refused = "nir_correction_refused", "Correction de numéro de sécurité sociale refusée";
    }
}

pub(super) fn notices(event: &CandidateEvent) -> Vec<Notice> {
    let tell = |recipient, mail| Notice { recipient, mail, answers_to: AnswersTo::Support };
    let person = Recipient::Candidate(event.candidate);
    match &event.change {
        CandidateChange::Created => {
            vec![tell(person, Mail::Candidate(CandidateMail::Created, event.candidate))]
        }
        CandidateChange::Updated { by: Author::Professional, changes } => {
            let is_address = |change: &&FieldChange| change.field == Field::Email;
            let address = changes.iter().find(is_address).map(|_| CandidateMail::EmailChanged);
            let rest = changes.iter().any(|change| !is_address(&change)).then_some(CandidateMail::Updated);
            let former = address.map(|mail| (Recipient::FormerAddress(event.candidate), mail));
            let told = [address, rest].into_iter().flatten().map(|mail| (person, mail)).chain(former);
            told.map(|(to, mail)| tell(to, Mail::Candidate(mail, event.candidate))).collect()
        }
        CandidateChange::NirCorrectionAsked { correction } => {
            vec![tell(Recipient::Support, Mail::NirCorrection(NirCorrectionMail::Asked, *correction))]
        }
        CandidateChange::NirCorrectionRefused { correction, asked_by, organisation } => {
            let asker = Recipient::Professional { user: *asked_by, organisation: *organisation };
            vec![tell(asker, Mail::NirCorrection(NirCorrectionMail::Refused, *correction))]
        }
        CandidateChange::LookedUp { .. }
        | CandidateChange::FileOpened
        | CandidateChange::SearchedFor
        | CandidateChange::Completed { .. }
        | CandidateChange::Updated { by: Author::Person, .. }
        | CandidateChange::NirCorrected { .. }
        | CandidateChange::ConsentRecorded { .. }
        | CandidateChange::DocumentStored { .. }
        | CandidateChange::DocumentDeleted { .. }
        | CandidateChange::DocumentDownloaded { .. }
        | CandidateChange::DataSent { .. }
        | CandidateChange::DataReceived { .. }
        | CandidateChange::Related { .. } => vec![],
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{CandidateId, NirCorrectionId, UserId};

    /// Rule book 02 §14.4.
    #[test]
    fn a_person_is_told_what_a_professional_changes() {
        use CandidateMail as M;
        let candidate = CandidateId(Uuid::from_u128(9));
        let (person, former) = (Recipient::Candidate(candidate), Recipient::FormerAddress(candidate));
        let changes = |fields: &[Field]| {
            fields
                .iter()
                .filter_map(|field| FieldChange::of(*field, None, Some("après".to_owned())))
                .collect()
        };
        let updated = |by, fields: &[Field]| CandidateChange::Updated { by, changes: changes(fields) };
        for (change, expected) in [
            (updated(Author::Professional, &[]), vec![]),
            (updated(Author::Professional, &[Field::Phone]), vec![(person, M::Updated)]),
            (updated(Author::Person, &[Field::Phone, Field::Email]), vec![]),
            (
                updated(Author::Professional, &[Field::Email]),
                vec![(person, M::EmailChanged), (former, M::EmailChanged)],
            ),
            (
                updated(Author::Professional, &[Field::Phone, Field::Email]),
                vec![(person, M::EmailChanged), (person, M::Updated), (former, M::EmailChanged)],
            ),
        ] {
            let notices = notices(&CandidateEvent { candidate, change });
            let told: Vec<_> = notices.iter().map(|notice| (notice.recipient, notice.mail)).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(to, mail)| (to, Mail::Candidate(mail, candidate))).collect();
            assert_eq!(told, expected);
        }
        let correction = NirCorrectionId(Uuid::from_u128(1));
        let asked = CandidateChange::NirCorrectionAsked { correction };
        assert_eq!(notices(&CandidateEvent { candidate, change: asked })[0].recipient, Recipient::Support);
        let asked_by = UserId(Uuid::from_u128(4));
        let refused = CandidateChange::NirCorrectionRefused { correction, asked_by, organisation: None };
        let asker = Recipient::Professional { user: asked_by, organisation: None };
        assert_eq!(notices(&CandidateEvent { candidate, change: refused })[0].recipient, asker);
    }
}
