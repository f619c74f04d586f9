//! Another NIR for someone who has one, asked of the team (CNR-1 to CNR-3).

use chrono::{DateTime, Utc};

use super::details::{self, Field, FieldChange};
use super::update::drops_certification;
use super::{
    BirthDate, CandidateChange, CandidateEvent, Inconsistency, Nir, NirAnswer, NirMissingReason, Title,
    check_consistency,
};
use crate::Changed;
use crate::ids::{CandidateId, NirCorrectionId, OrganisationId, UserId};
use crate::policy::Denied;
use crate::text::Message;

/// The longest rationale, in characters (CNR-1).
pub const RATIONALE_MAX_CHARS: usize = 2000;
/// The shortest: less explains nothing.
pub const RATIONALE_MIN_CHARS: usize = 10;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskCorrection {
    /// The id of the request.
    pub id: NirCorrectionId,
    /// The person.
    pub candidate: CandidateId,
    /// The NIR that is right.
    pub nir: Nir,
    /// Why.
    pub rationale: Message<RATIONALE_MAX_CHARS>,
}

/// What the file says of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionFacts {
    /// NIR, or why there is none.
    pub nir: Option<NirAnswer>,
    /// Civil title.
    pub title: Option<Title>,
    /// Date of birth.
    pub birth_date: Option<BirthDate>,
    /// Who has the NIR asked for.
    pub holder: Option<CandidateId>,
    /// Whether a request is already open (CNR-2).
    pub is_pending: bool,
}

impl CorrectionFacts {
    /// Whether a correction is asked of the team at all: a NIR is set (CNR-1), or someone else has it (CNR-3). Else it
    /// is typed in the file.
    pub const fn is_for_the_team(&self) -> bool {
        matches!(self.nir, Some(NirAnswer::Known(_) | NirAnswer::Missing(NirMissingReason::NirOfSomeoneElse)))
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NirCorrection {
    /// What is asked.
    pub asked: AskCorrection,
    /// Who asked.
    pub asked_by: UserId,
    /// For which organisation; none for the person.
    pub organisation: Option<OrganisationId>,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// Why a NIR is not corrected, or not even asked about (rule book 02 §19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefused {
    /// The actor sees a masked file.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// `nir_same`.
    #[error("the NIR is the one already recorded")]
    Same,
    /// `rationale_length`.
    #[error("the rationale is too short or too long")]
    RationaleLength,
    /// `request_pending`.
    #[error("a request is already open")]
    Pending,
    /// No NIR is set: it is typed in the file.
    #[error("there is no NIR to correct")]
    NothingToCorrect,
    /// Another member of the team decided first.
    #[error("the request is decided")]
    Decided,
    /// The NIR disagrees with the title or the birth date (CON-3).
    #[error(transparent)]
    Inconsistent(#[from] Inconsistency),
    /// The NIR is someone else's (DUP-1).
    #[error("the NIR is taken")]
    NirTaken,
}

impl AskCorrection {
    /// Asks the team. Whether someone else has the NIR, the team finds out: it may be what is wrong.
    pub fn ask(
        self,
        facts: &CorrectionFacts,
        (asked_by, organisation): (UserId, Option<OrganisationId>),
        asked_at: DateTime<Utc>,
    ) -> Result<Changed<NirCorrection>, CorrectionRefused> {
        if !facts.is_for_the_team() {
            return Err(CorrectionRefused::NothingToCorrect);
        }
        if facts.is_pending {
            return Err(CorrectionRefused::Pending);
        }
        if facts.nir.as_ref().and_then(NirAnswer::nir) == Some(&self.nir) {
            return Err(CorrectionRefused::Same);
        }
        if self.rationale.as_str().chars().count() < RATIONALE_MIN_CHARS {
            return Err(CorrectionRefused::RationaleLength);
        }
        let change = CandidateChange::NirCorrectionAsked { correction: self.id };
        let event = CandidateEvent { candidate: self.candidate, change };
        Ok(Changed::new(NirCorrection { asked: self, asked_by, organisation, asked_at }, event))
    }
}

/// What the team decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorrectionVerdict {
    /// The NIR becomes the one asked for.
    Accepted,
    /// The file stays as it is, for a reason told to whoever asked.
    Refused(Message<RATIONALE_MAX_CHARS>),
}

/// A decided request, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NirCorrectionDecided {
    /// The request.
    pub id: NirCorrectionId,
    /// The person.
    pub candidate: CandidateId,
    /// The NIR from now on; none when it was refused.
    pub nir: Option<Nir>,
    /// Why it was refused.
    pub refusal: Option<Message<RATIONALE_MAX_CHARS>>,
    /// Whether France Travail no longer vouches for who the person is (HIS-2).
    pub drops_certification: bool,
}

/// Decides on an open request.
pub fn decide_correction(
    correction: NirCorrection,
    verdict: CorrectionVerdict,
    facts: &CorrectionFacts,
) -> Result<Changed<NirCorrectionDecided>, CorrectionRefused> {
    if !facts.is_pending {
        return Err(CorrectionRefused::Decided);
    }
    let NirCorrection { asked, asked_by, organisation, .. } = correction;
    let AskCorrection { id, candidate, nir, .. } = asked;
    let mut refusal = None;
    let (nir, change, drops_certification) = match verdict {
        CorrectionVerdict::Refused(why) => {
            refusal = Some(why);
            let change = CandidateChange::NirCorrectionRefused { correction: id, asked_by, organisation };
            (None, change, false)
        }
        CorrectionVerdict::Accepted => {
            check_consistency(&nir, facts.title, facts.birth_date)?;
            if facts.holder.is_some_and(|holder| holder != candidate) {
                return Err(CorrectionRefused::NirTaken);
            }
            let (before, after) = (facts.nir.as_ref().map(details::nir), Some(nir.grouped()));
            let changes: Vec<FieldChange> = FieldChange::of(Field::Nir, before, after).into_iter().collect();
            let drops = drops_certification(&changes);
            (Some(nir), CandidateChange::NirCorrected { correction: id, changes }, drops)
        }
    };
    let decided = NirCorrectionDecided { id, candidate, nir, refusal, drops_certification };
    Ok(Changed::new(decided, CandidateEvent { candidate, change }))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const CANDIDATE: CandidateId = CandidateId(Uuid::from_u128(9));
    const BY: (UserId, Option<OrganisationId>) = (UserId(Uuid::from_u128(4)), None);

    fn known(nir: &str) -> NirAnswer {
        NirAnswer::Known(Nir::parse(nir).unwrap())
    }

    fn facts(nir: Option<NirAnswer>, is_pending: bool) -> CorrectionFacts {
        CorrectionFacts { nir, title: Some(Title::Mister), birth_date: None, holder: None, is_pending }
    }

    fn asked(rationale: &str) -> AskCorrection {
        AskCorrection {
            id: NirCorrectionId(Uuid::from_u128(1)),
            candidate: CANDIDATE,
            nir: Nir::parse("141068078200557").unwrap(),
            rationale: Message::parse(rationale).unwrap(),
        }
    }

    #[test]
    fn what_may_be_asked() {
        use CorrectionRefused as R;
        let other = || Some(known("185057800608491"));
        let reason = |reason| Some(NirAnswer::Missing(reason));
        let why = "Erreur de saisie à la création.";
        let short = "Erreur.";
        for (nir, is_pending, rationale, refused, rule) in [
            (other(), false, why, None, "CNR-1"),
            (reason(NirMissingReason::NirOfSomeoneElse), false, why, None, "CNR-3"),
            (reason(NirMissingReason::NoNir), false, why, Some(R::NothingToCorrect), "CNR-3"),
            (None, false, why, Some(R::NothingToCorrect), "CNR-1"),
            (other(), true, why, Some(R::Pending), "CNR-2"),
            (Some(known("141068078200557")), false, why, Some(R::Same), "CNR-1"),
            (other(), false, short, Some(R::RationaleLength), "CNR-1"),
        ] {
            let asked = asked(rationale).ask(&facts(nir, is_pending), BY, DateTime::UNIX_EPOCH);
            assert_eq!(asked.err(), refused, "{rule}: {rationale:.20}");
        }
    }

    #[test]
    fn what_the_team_decides() {
        use CorrectionRefused as R;
        use CorrectionVerdict::Accepted;
        let refused_for = |why| CorrectionVerdict::Refused(Message::parse(why).unwrap());
        let open = facts(Some(known("185057800608491")), true);
        let taken = CorrectionFacts { holder: Some(CandidateId(Uuid::from_u128(5))), ..open.clone() };
        let madam = CorrectionFacts { title: Some(Title::Madam), ..open.clone() };
        let closed = CorrectionFacts { is_pending: false, ..open.clone() };
        let (asked_by, organisation) = BY;
        let decide = |verdict, facts| {
            let asked = asked("Erreur de saisie.");
            let asked_at = DateTime::UNIX_EPOCH;
            decide_correction(NirCorrection { asked, asked_by, organisation, asked_at }, verdict, facts)
        };
        for (verdict, facts, refused) in [
            (Accepted, &taken, R::NirTaken),
            (Accepted, &madam, R::Inconsistent(Inconsistency::Title)),
            (Accepted, &closed, R::Decided),
            (refused_for("Déjà juste."), &closed, R::Decided),
        ] {
            assert_eq!(decide(verdict, facts).err(), Some(refused));
        }
        let accepted = decide(Accepted, &open).unwrap();
        assert!(accepted.value().nir.is_some() && accepted.value().drops_certification, "HIS-2");
        let refused = decide(refused_for("Ce numéro est celui d’une autre personne."), &taken).unwrap();
        assert_eq!(refused.value().nir, None);
        assert!(refused.value().refusal.is_some(), "told to whoever asked");
    }
}
