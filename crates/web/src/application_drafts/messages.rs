//! The sentences of refusals.

use iae_app::applications::drafts::OpenDraft;
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::submit::SAME_COMPANY_DELAY;
use iae_domain::candidates::{CompleteRefused, Inconsistency, Nir};

use crate::forms::FieldErrors;
use crate::french;

/// Nothing leaves without the person.
pub(super) const NO_CONSENT: &str = "Sans l'accord de la personne, la candidature ne peut pas être envoyée.";

/// The list the person agreed to is not the one that would leave.
pub(super) const OUTDATED_CONSENT: &str = "Ce qui sera transmis a changé\u{a0}: relisez la liste avec la personne, puis enregistrez de nouveau son accord.";

/// Why a file is not completed; the NIR it must agree with is repeated (CON-3).
pub(super) fn completion(refused: CompleteRefused, nir: Option<&Nir>) -> FieldErrors {
    let nir = nir.map(|nir| format!(" {}", nir.grouped())).unwrap_or_default();
    match refused {
        CompleteRefused::Denied(_) => {
            FieldErrors::one("birth_date", "Vous ne pouvez pas compléter ce dossier.")
        }
        CompleteRefused::Inconsistent(Inconsistency::BirthDate | Inconsistency::Title)
        | CompleteRefused::NirTaken => FieldErrors::one(
            "birth_date",
            format!(
                "Cette date de naissance ne correspond pas au numéro de sécurité sociale{nir} du dossier."
            ),
        ),
    }
}

/// A refusal, in words: what, why, and what can be done.
pub(super) struct Refusal {
    pub title: &'static str,
    pub why: String,
    pub what_to_do: String,
}

/// Why this application cannot be sent (rule book 02 §4.2).
pub(super) fn refusal(open: &OpenDraft, refused: SubmitRefused) -> Refusal {
    let company = &open.company.name;
    let own = open.is_candidate();
    match refused {
        SubmitRefused::Role | SubmitRefused::OtherCandidate => Refusal {
            title: "Votre rôle ne permet pas d'envoyer de candidature",
            why: "Les candidatures sont envoyées par les candidats, les prescripteurs, les orienteurs et les employeurs."
                .to_owned(),
            what_to_do: "Si vous appartenez à une autre organisation, choisissez-la dans le menu de votre compte."
                .to_owned(),
        },
        SubmitRefused::CompanyNotRegistered => Refusal {
            title: "Cet employeur n'est pas encore inscrit",
            why: format!("Personne chez {company} ne pourrait lire la candidature."),
            what_to_do: "Contactez l'employeur directement, ou choisissez-en un autre dans la recherche.".to_owned(),
        },
        SubmitRefused::CompanyBlocks => Refusal {
            title: "Cet employeur ne prend pas de candidature en ce moment",
            why: format!("{company} a suspendu la réception des candidatures."),
            what_to_do: "L'employeur peut la rouvrir à tout moment\u{a0}: revenez plus tard, ou choisissez-en un autre."
                .to_owned(),
        },
        SubmitRefused::AppliedRecently => applied_recently(open),
        SubmitRefused::WaitingPeriod { until } => Refusal {
            title: "Un délai de carence est en cours",
            why: format!(
                "{} terminé un parcours d'insertion il y a moins de deux ans. Le délai de carence court jusqu'au {} \
                 inclus.",
                if own { "Vous avez" } else { "Cette personne a" },
                french::date(until),
            ),
            what_to_do: if own {
                "Un prescripteur habilité (France Travail, mission locale, Cap emploi…) peut lever ce délai\u{a0}: \
                 demandez-lui de valider votre éligibilité ou d'envoyer la candidature pour vous."
                    .to_owned()
            } else {
                "Seul un prescripteur habilité peut lever ce délai, en validant l'éligibilité de la personne ou en \
                 envoyant lui-même la candidature. Orientez-la vers France Travail, la mission locale ou Cap emploi."
                    .to_owned()
            },
        },
        SubmitRefused::SpontaneousClosed => Refusal {
            title: "Les candidatures spontanées sont fermées",
            why: format!("{company} ne prend plus de candidature spontanée."),
            what_to_do: "Revenez au choix des postes pour en retenir un qui est ouvert.".to_owned(),
        },
        SubmitRefused::JobsClosed => Refusal {
            title: "Un poste choisi vient de fermer",
            why: format!("{company} ne recrute plus sur l'un des postes choisis."),
            what_to_do: "Revenez au choix des postes pour en retenir un qui est ouvert.".to_owned(),
        },
        SubmitRefused::MessageMissing => Refusal {
            title: "Il manque le message",
            why: "L'employeur a besoin d'un message pour étudier la candidature.".to_owned(),
            what_to_do: "Revenez à l'étape du message pour l'écrire.".to_owned(),
        },
        SubmitRefused::Consent(_) => Refusal {
            title: "Il manque l'accord de la personne",
            why: "Rien n'est transmis à un employeur sans que la personne soit informée et d'accord.".to_owned(),
            what_to_do: "Revenez à l'étape du message pour enregistrer son accord.".to_owned(),
        },
    }
}

fn applied_recently(open: &OpenDraft) -> Refusal {
    let sent = open.last_submitted_at();
    let when = sent.map(|at| format!(" le {}", french::date_time(at))).unwrap_or_default();
    let again = sent.map(|at| french::date_time(at + SAME_COMPANY_DELAY)).unwrap_or_default();
    Refusal {
        title: "Une candidature vient d'être envoyée",
        why: format!("Une candidature a déjà été envoyée à {}{when}.", open.company.name),
        what_to_do: format!("Vous pourrez en envoyer une autre à partir du {again}."),
    }
}
