//! What is said of an authorisation to prescribe, in words (guide P1 §5 and P2 §1.1; order of 1 September 2021).

use iae_app::directory::prescribers::queries::KnownOrganisation;
use iae_app::reference::queries::DepartmentRow;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};

use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;

/// The categories of the order, as the guide lists them.
pub(super) const CATEGORIES: &[&str] = &[
    "France Travail, les Cap emploi et les missions locales",
    "Les caisses d’allocations familiales (CAF) et les caisses de la Mutualité sociale agricole (MSA)",
    "Les services des conseils départementaux chargés de l’action sociale et de l’aide sociale à l’enfance (ASE), et les organisations \
     à qui un conseil départemental délègue l’orientation ou le suivi de bénéficiaires du RSA",
    "Les centres communaux et intercommunaux d’action sociale (CCAS, CIAS)",
    "Les plans locaux pour l’insertion et l’emploi (PLIE)",
    "Les établissements mentionnés au 8° du I de l’article L. 312-1 du code de l’action sociale et des familles, comme les CHRS",
    "Les organismes agréés pour le logement et l’hébergement des personnes défavorisées (article L. 365-1 du code de la construction et de \
     l’habitation)",
    "Les centres d’accueil de demandeurs d’asile (CADA) et les hébergements d’urgence pour demandeurs d’asile (HUDA)",
    "Les services pénitentiaires d’insertion et de probation (SPIP)",
    "Les services de la protection judiciaire de la jeunesse (PJJ)",
    "Les centres d’information sur les droits des femmes et des familles (CIDFF)",
    "Les associations de prévention spécialisée (article L. 121-2 du code de l’action sociale et des familles)",
    "L’Agence nationale pour la formation professionnelle des adultes (AFPA)",
    "Les points et bureaux information jeunesse (PIJ, BIJ)",
    "Les centres d’adaptation à la vie active (CAVA)",
    "Les structures qui portent un agrément national d’organisme d’accueil communautaire et d’activité solidaire (OACAS)",
    "Les centres de soins en addictologie (CSAPA) et d’accompagnement à la réduction de risques (CAARUD)",
    "Les établissements pour l’insertion dans l’emploi (EPIDE)",
    "Les écoles de la deuxième chance (E2C)",
    "Les organismes habilités par le préfet de département, pour cinq ans au plus, renouvelables, après avis du conseil départemental de \
     l’insertion par l’activité économique (CDIAE)",
];

/// What is answered to « Suis-je prescripteur habilité ? ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// By the order.
    Authorised,
    /// By the prefect.
    AuthorisedByPrefect,
    /// The right that the prefect gave has not begun.
    ToCome,
    /// The right that the prefect gave is over.
    Over,
    /// Nobody checked yet.
    Waiting,
    /// An orienteur.
    Refers,
    /// Of a kind of the order, whatever the organisation.
    KindOfTheOrder,
    /// Of the kind the prefect gives.
    KindOfThePrefect,
}

impl Answer {
    /// Of an organisation.
    pub(super) fn of(row: &KnownOrganisation) -> Self {
        let by_prefect = row.kind == PrescriberKind::Ohpd;
        match (row.is_authorised, row.status) {
            (true, _) if by_prefect => Self::AuthorisedByPrefect,
            (true, _) => Self::Authorised,
            (false, AuthorisationStatus::Validated) if row.is_to_come => Self::ToCome,
            (false, AuthorisationStatus::Validated) => Self::Over,
            (false, AuthorisationStatus::NotSet) => Self::Waiting,
            (false, AuthorisationStatus::Refused | AuthorisationStatus::NotRequired) => Self::Refers,
        }
    }

    /// Of any organisation of a kind.
    pub(super) fn of_kind(kind: PrescriberKind) -> Self {
        if kind == PrescriberKind::Other {
            Self::Refers
        } else if kind == PrescriberKind::Ohpd {
            Self::KindOfThePrefect
        } else {
            Self::KindOfTheOrder
        }
    }

    /// Whether the kind of the organisation is why.
    pub(super) const fn is_by_kind(self) -> bool {
        matches!(self, Self::Authorised | Self::KindOfTheOrder)
    }

    /// The word, the icon, the colour.
    pub(super) const fn badge(self) -> StateBadge {
        let (label, tone, icon) = match self {
            Self::Authorised | Self::AuthorisedByPrefect => ("Habilitée", "success", "circle-check"),
            Self::KindOfTheOrder => ("Catégorie habilitée", "success", "circle-check"),
            Self::KindOfThePrefect => ("Habilitation par le préfet", "info", "scale"),
            Self::ToCome => ("Habilitation à venir", "info", "clock"),
            Self::Over => ("Habilitation terminée", "warning", "clock"),
            Self::Waiting => ("Habilitation en attente", "warning", "hourglass"),
            Self::Refers => ("Orienteur", "neutral", "circle-dot"),
        };
        StateBadge { label, tone, icon }
    }

    /// What it means, and why.
    pub(super) const fn means(self) -> &'static str {
        match self {
            Self::Authorised | Self::KindOfTheOrder => {
                "Ses membres sont prescripteurs habilités\u{a0}: après un diagnostic socioprofessionnel, ils valident l’éligibilité d’une \
                 personne à un parcours d’insertion par l’activité économique (IAE), sans critère administratif."
            }
            Self::AuthorisedByPrefect => {
                "Le préfet de département l’a habilitée, pour cinq ans au plus, après avis du CDIAE. Ses membres valident l’éligibilité d’une \
                 personne par un diagnostic socioprofessionnel."
            }
            Self::KindOfThePrefect => {
                "Le préfet de département habilite une organisation par arrêté, pour cinq ans au plus, renouvelables, après avis du CDIAE. \
                 Sans cet arrêté, ses membres sont orienteurs."
            }
            Self::ToCome => {
                "Le préfet l’a habilitée par un arrêté qui ne s’applique pas encore. D’ici là, ses membres sont orienteurs\u{a0}: ils proposent \
                 des candidatures, sans valider l’éligibilité."
            }
            Self::Over => {
                "Le préfet l’avait habilitée, et l’arrêté a pris fin. Ses membres sont orienteurs jusqu’à son renouvellement\u{a0}: les \
                 diagnostics déjà faits restent valables."
            }
            Self::Waiting => {
                "L’équipe du service vérifie son habilitation. D’ici là, ses membres sont orienteurs\u{a0}: ils proposent des candidatures, \
                 sans valider l’éligibilité."
            }
            Self::Refers => {
                "Ses membres sont orienteurs\u{a0}: ils proposent des personnes aux employeurs et suivent leurs candidatures, sans valider \
                 l’éligibilité. Un prescripteur habilité, ou la structure qui embauche, s’en charge."
            }
        }
    }

    /// What comes next.
    pub(super) const fn next(self) -> &'static str {
        match self {
            Self::Authorised | Self::AuthorisedByPrefect => {
                "Vous y travaillez\u{a0}? Connectez-vous. Si vous n’y êtes pas encore rattaché, demandez à l’un de ses membres de vous inviter."
            }
            Self::KindOfTheOrder => {
                "Cherchez ci-dessus votre organisation\u{a0}: son habilitation compte une fois que l’équipe du service a vérifié qu’elle est \
                 bien de cette catégorie."
            }
            Self::KindOfThePrefect => {
                "La demande se fait en ligne et la DDETS du département l’instruit, sur quatre points\u{a0}: être identifié par les services de l’État, accueillir ou \
                 accompagner des personnes éloignées de l’emploi, savoir faire un diagnostic et connaître l’IAE, répondre à un besoin que les \
                 autres prescripteurs ne couvrent pas."
            }
            Self::ToCome => {
                "Rien n’est à faire\u{a0}: l’habilitation commence d’elle-même le jour que dit l’arrêté."
            }
            Self::Over => "Le renouvellement se demande en ligne\u{a0}: la DDETS du département l’instruit.",
            Self::Waiting => {
                "Comptez 72 heures environ. Si vous avez un arrêté ou une convention qui le prouve, envoyez-le à l’équipe du service."
            }
            Self::Refers => {
                "Si votre organisation est d’une catégorie de l’arrêté, écrivez à l’équipe du service avec ce qui le prouve. Sinon, elle peut \
                 demander à être habilitée par le préfet."
            }
        }
    }
}

/// The kinds that an authorised organisation may have, by label (PRE-1).
pub(super) fn kinds() -> impl Iterator<Item = PrescriberKind> {
    all_kinds().filter(|kind| *kind != PrescriberKind::Other)
}

/// Every kind, by label, « Autre » last (PRE-1).
pub(super) fn all_kinds() -> impl Iterator<Item = PrescriberKind> {
    let mut kinds = PrescriberKind::ALL.to_vec();
    kinds.sort_by_key(|kind| (*kind == PrescriberKind::Other, kind.label()));
    kinds.into_iter()
}

/// A kind to choose.
pub(super) fn choice(kind: PrescriberKind) -> Choice {
    Choice::new(kind.code(), kind.label())
}

/// The départements to choose from.
pub(super) fn department_choices(departments: &[DepartmentRow], chosen: &str) -> Vec<Choice> {
    let choice = |row: &DepartmentRow| {
        Choice::new(row.code.as_str(), format!("{} ({})", row.name, row.code)).selected_if(row.code == chosen)
    };
    departments.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use iae_domain::ids::OrganisationId;
    use uuid::Uuid;

    use super::*;

    fn answer(kind: PrescriberKind, status: AuthorisationStatus, is_authorised: bool) -> Answer {
        let (id, name, post_code, city) = (OrganisationId(Uuid::nil()), String::new(), None, String::new());
        let is_to_come = false;
        Answer::of(&KnownOrganisation { id, kind, name, post_code, city, status, is_authorised, is_to_come })
    }

    #[test]
    fn each_state_of_an_authorisation_has_its_answer() {
        use AuthorisationStatus::{NotRequired, NotSet, Refused, Validated};
        for (kind, status, is_authorised, expected) in [
            (PrescriberKind::Ml, Validated, true, Answer::Authorised),
            (PrescriberKind::Ohpd, Validated, true, Answer::AuthorisedByPrefect),
            (PrescriberKind::Ohpd, Validated, false, Answer::Over),
            (PrescriberKind::Ccas, NotSet, false, Answer::Waiting),
            (PrescriberKind::Other, Refused, false, Answer::Refers),
            (PrescriberKind::Other, NotRequired, false, Answer::Refers),
        ] {
            assert_eq!(answer(kind, status, is_authorised), expected, "{kind} {status}");
        }
    }

    #[test]
    fn kinds_are_read_by_label_and_other_comes_last() {
        let all: Vec<_> = all_kinds().collect();
        assert_eq!(all.len(), PrescriberKind::ALL.len());
        assert_eq!(all.last(), Some(&PrescriberKind::Other), "PRE-1");
        assert!(kinds().all(|kind| kind != PrescriberKind::Other), "PRE-5");
    }
}
