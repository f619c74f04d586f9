//! The sentences of refusals.

use iae_app::applications::drafts::{OpenApplication, OpenDraft};
use iae_domain::applications::SubmitRefused;
use iae_domain::applications::draft::NotSent;
use iae_domain::applications::submit::SAME_COMPANY_DELAY;
use iae_domain::candidates::{CompleteRefused, Inconsistency, Nir};

use crate::eligibility::withdrawn;
use crate::forms::FieldErrors;
use crate::french;

/// Nothing leaves without the person.
pub(super) const NO_CONSENT: &str = "Sans l’accord de la personne, la candidature ne peut pas être envoyée.";

/// The same for one of several employers.
pub(super) const NO_CONSENT_OF_ONE: &str = "Sans l’accord de la personne pour chaque employeur, rien ne peut partir. Cochez-le, ou retirez l’employeur.";

/// The list the person agreed to is not the one that would leave.
pub(super) const OUTDATED_CONSENT: &str = "Ce qui sera transmis a changé, dans un autre onglet peut-être\u{a0}: relisez le message, les postes et la liste avec la personne, puis enregistrez de nouveau son accord.";

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

/// « A », « A et B », « A, B et C ».
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} et {last}", before.join(", ")),
    }
}

/// Why nothing left for one employer when the others got theirs, and what can be done; a candidate reads it of themselves.
pub(super) const fn not_sent(refusal: NotSent, is_candidate: bool) -> &'static str {
    match refusal {
        NotSent::AppliedRecently if is_candidate => {
            "Votre candidature lui a été envoyée il y a moins de 24 heures. Vous pourrez en envoyer une autre ensuite."
        }
        NotSent::AppliedRecently => {
            "Une candidature de cette personne lui a été envoyée il y a moins de 24 heures. Vous pourrez en envoyer une \
             autre ensuite."
        }
        NotSent::CompanyBlocks => {
            "Il a suspendu la réception des candidatures. Il peut la rouvrir à tout moment\u{a0}: revenez plus tard."
        }
        NotSent::CompanyNotRegistered => {
            "Il n’est plus inscrit\u{a0}: personne ne pourrait lire la candidature. Contactez-le directement, d’après sa fiche."
        }
        NotSent::CompanyLeft => "Il n’est plus référencé sur le service.",
        NotSent::Withdrawn => {
            "Votre structure ne peut pas valider elle-même l’éligibilité en ce moment, et cette personne n’a ni PASS IAE valide, ni \
             diagnostic valide d’un prescripteur habilité\u{a0}: demandez-lui ce diagnostic."
        }
        NotSent::WaitingPeriod if is_candidate => {
            "Votre délai de carence est en cours. Un prescripteur habilité (France Travail, mission locale, Cap emploi…) peut \
             le lever\u{a0}: demandez-lui de valider votre éligibilité ou d’envoyer la candidature pour vous."
        }
        NotSent::WaitingPeriod => {
            "Un délai de carence est en cours. Seul un prescripteur habilité peut le lever\u{a0}: orientez la personne vers \
             France Travail, la mission locale ou Cap emploi."
        }
        NotSent::JobsClosed => {
            "L’un des postes choisis vient de fermer. Vous pouvez en choisir un autre\u{a0}: le message et le CV sont gardés."
        }
        NotSent::SpontaneousClosed => {
            "Il ne prend plus de candidature spontanée. Vous pouvez choisir un poste\u{a0}: le message et le CV sont gardés."
        }
    }
}

/// A refusal, in words: what, why, and what can be done.
pub(super) struct Refusal {
    pub title: &'static str,
    pub why: String,
    pub what_to_do: String,
}

/// Why this application cannot be sent (rule book 02 §4.2).
pub(super) fn refusal(open: &OpenDraft, one: &OpenApplication, refused: SubmitRefused) -> Refusal {
    let company = &one.company.name;
    let own = open.is_candidate();
    match refused {
        SubmitRefused::Role | SubmitRefused::OtherCandidate => Refusal {
            title: "Votre rôle ne permet pas d’envoyer de candidature",
            why: "Les candidatures sont envoyées par les candidats, les prescripteurs, les orienteurs et les employeurs."
                .to_owned(),
            what_to_do: "Si vous appartenez à une autre organisation, choisissez-la dans le menu de votre compte."
                .to_owned(),
        },
        SubmitRefused::CompanyLeft => Refusal {
            title: "Cet employeur n’est plus référencé",
            why: format!("{company} n’est plus référencé sur le service."),
            what_to_do: "Choisissez un autre employeur dans la recherche.".to_owned(),
        },
        SubmitRefused::CompanyNotRegistered => Refusal {
            title: "Cet employeur n’est pas encore inscrit",
            why: format!("Personne chez {company} ne pourrait lire la candidature."),
            what_to_do: "Contactez l’employeur directement, ou choisissez-en un autre dans la recherche.".to_owned(),
        },
        SubmitRefused::CompanyBlocks => Refusal {
            title: "Cet employeur ne prend pas de candidature en ce moment",
            why: format!("{company} a suspendu la réception des candidatures."),
            what_to_do: "L’employeur peut la rouvrir à tout moment\u{a0}: revenez plus tard, ou choisissez-en un autre."
                .to_owned(),
        },
        SubmitRefused::Withdrawn(withdrawn) => Refusal {
            title: "Votre structure ne peut pas enregistrer cette candidature",
            why: format!(
                "{} Cette personne n’a ni PASS IAE valide, ni diagnostic valide d’un prescripteur habilité.",
                withdrawn::holds(&withdrawn)
            ),
            what_to_do: withdrawn::STILL_POSSIBLE.to_owned(),
        },
        SubmitRefused::AppliedRecently => applied_recently(one),
        SubmitRefused::WaitingPeriod { until } => Refusal {
            title: "Un délai de carence est en cours",
            why: format!(
                "{} terminé un parcours d’insertion il y a moins de deux ans. Le délai de carence court jusqu’au {} \
                 inclus.",
                if own { "Vous avez" } else { "Cette personne a" },
                french::date(until),
            ),
            what_to_do: if own {
                "Un prescripteur habilité (France Travail, mission locale, Cap emploi…) peut lever ce délai\u{a0}: \
                 demandez-lui de valider votre éligibilité ou d’envoyer la candidature pour vous."
                    .to_owned()
            } else {
                "Seul un prescripteur habilité peut lever ce délai, en validant l’éligibilité de la personne ou en \
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
            why: format!("{company} ne recrute plus sur l’un des postes choisis."),
            what_to_do: "Revenez au choix des postes pour en retenir un qui est ouvert.".to_owned(),
        },
        SubmitRefused::JobsNotChosen => Refusal {
            title: "Il reste des postes à choisir",
            why: "Un employeur a été ajouté à cet envoi, sans poste encore.".to_owned(),
            what_to_do: "Choisissez ses postes, ou retirez-le, puis envoyez.".to_owned(),
        },
        SubmitRefused::MessageMissing => Refusal {
            title: "Il manque le message",
            why: "L’employeur a besoin d’un message pour étudier la candidature.".to_owned(),
            what_to_do: "Revenez à l’étape du message pour l’écrire, en quelques mots au moins.".to_owned(),
        },
        SubmitRefused::Consent(_) => Refusal {
            title: "Il manque l’accord de la personne",
            why: "Rien n’est transmis à un employeur sans que la personne soit informée et d’accord.".to_owned(),
            what_to_do: "Enregistrez son accord avant l’envoi.".to_owned(),
        },
    }
}

fn applied_recently(one: &OpenApplication) -> Refusal {
    let sent = one.company.last_submitted_at;
    let when = sent.map(|at| format!(" le {}", french::date_time(at))).unwrap_or_default();
    let again = sent.map(|at| french::date_time(at + SAME_COMPANY_DELAY)).unwrap_or_default();
    Refusal {
        title: "Une candidature vient d’être envoyée",
        why: format!("Une candidature a déjà été envoyée à {}{when}.", one.company.name),
        what_to_do: format!("Vous pourrez en envoyer une autre à partir du {again}."),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn names_are_listed_as_one_says_them() {
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B"]), "A et B");
        assert_eq!(listed(&["A", "B", "C"]), "A, B et C");
    }
}
