//! What is said of habilitations: states, points, rights, why nothing is done.

use chrono::NaiveDate;
use iae_app::habilitations::list::OVER;
use iae_domain::habilitations::{
    ANNOUNCED_MONTHS, Authorisation, Habilitation, HabilitationState, Missing, NotNeeded, Opinion,
    OrderMistake, Written,
};
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::time::{paris_date, sub_months};

use crate::applications::state_badge::StateBadge;
use crate::forms::FieldErrors;
use crate::french::{date, period, spaced};

/// The badge of a request.
pub(super) const fn of_state(state: HabilitationState) -> StateBadge {
    let (tone, icon) = match state {
        HabilitationState::Draft => ("neutral", "pencil"),
        HabilitationState::Submitted => ("info", "inbox"),
        HabilitationState::Completing => ("warning", "hourglass"),
        HabilitationState::Granted => ("success", "circle-check"),
        HabilitationState::Refused | HabilitationState::Revoked => ("error", "circle-x"),
    };
    StateBadge { label: state.label(), tone, icon }
}

/// The badge of a right whose last day has gone.
pub(super) const IS_OVER: StateBadge = StateBadge { label: OVER, tone: "neutral", icon: "archive" };

/// The badge of a request, or of the right it gave.
pub(super) fn badge(one: &Habilitation, today: NaiveDate) -> StateBadge {
    if one.is_over(today) { IS_OVER } else { of_state(one.state) }
}

/// A point of the instruction: the name of its field, what it asks, in which words, what was written.
pub(super) struct Point {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub text: String,
}

/// The four points of the instruction (guide P2 §1.1), then what a renewal declares.
pub(super) fn points(written: &Written, is_renewal: bool) -> Vec<Point> {
    let Written { identified, mission, staff, need, agreements, local_bodies } = written;
    let point = |missing: Missing, label, hint, text: &str| Point {
        name: missing.code(),
        label,
        hint,
        text: text.to_owned(),
    };
    let mut points = vec![
        point(
            Missing::Identified,
            "1. Comment les services de l’État vous connaissent-ils sur le territoire\u{a0}?",
            "Conventions, financements, participation à des instances, interlocuteurs.",
            identified,
        ),
        point(
            Missing::Mission,
            "2. Quels publics accueillez-vous ou accompagnez-vous\u{a0}?",
            "Votre mission auprès de personnes dont les difficultés peuvent appeler un parcours d’insertion par l’activité économique.",
            mission,
        ),
        point(
            Missing::Staff,
            "3. Qui fera le diagnostic social et professionnel\u{a0}?",
            "Les postes et leurs compétences, ce qu’ils connaissent de l’insertion par l’activité économique. Ne nommez personne.",
            staff,
        ),
        point(
            Missing::Need,
            "4. À quel besoin les prescripteurs nationaux ne répondent-ils pas\u{a0}?",
            "Des publics éligibles que vous êtes seuls à rencontrer, un territoire où les prescripteurs sont peu nombreux.",
            need,
        ),
    ];
    if is_renewal {
        points.extend([
            point(
                Missing::Agreements,
                "Partenariats passés avec les structures du territoire",
                "Ceux de la période qui s’achève\u{a0}: avec quelles structures, depuis quand.",
                agreements,
            ),
            point(
                Missing::LocalBodies,
                "Participation aux instances locales d’animation",
                "Lesquelles, et à quel rythme.",
                local_bodies,
            ),
        ]);
    }
    points
}

/// What a request lacks, beside its field.
pub(super) fn lacking(missing: &[Missing]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for one in missing {
        let words = match one {
            Missing::Identified => "Dites comment les services de l’État vous connaissent.",
            Missing::Mission => "Dites quels publics vous accueillez ou accompagnez.",
            Missing::Staff => "Dites qui fera le diagnostic, et ses compétences.",
            Missing::Need => "Dites à quel besoin vous répondez.",
            Missing::Agreements => "Décrivez vos partenariats, ou dites qu’il n’y en a pas.",
            Missing::LocalBodies => "Décrivez votre participation, ou dites qu’il n’y en a pas.",
            Missing::Pieces => "Joignez au moins une pièce : statuts, rapport d’activité, projet social…",
        };
        errors.add(one.code(), words);
    }
    errors
}

/// The right of an organisation today: a title, what it means, the tone of both.
pub(super) fn right(authorisation: &Authorisation, today: NaiveDate) -> (&'static str, &'static str, String) {
    let Authorisation { kind, status, .. } = authorisation;
    let until = authorisation.until(today);
    let (tone, title, said) = match status {
        AuthorisationStatus::Validated if authorisation.is_on(today) => (
            "success",
            "Oui : votre organisation est prescripteur habilité",
            match (kind, until) {
                (PrescriberKind::Ohpd, Some(end)) => format!(
                    "Par arrêté du préfet, jusqu’au {} inclus. Chacun de ses membres peut valider l’éligibilité des personnes qu’il \
                     accompagne. Le lendemain, ce droit s’arrête.",
                    date(end)
                ),
                (PrescriberKind::Ohpd, None) => {
                    "Par arrêté du préfet. Ses dates ne sont pas enregistrées ici : la DDETS peut saisir l’arrêté.".to_owned()
                }
                (kind, _) => format!(
                    "Au titre de l’arrêté du 1er septembre 2021 : {}. Chacun de ses membres peut valider l’éligibilité des personnes \
                     qu’il accompagne.",
                    kind.label()
                ),
            },
        ),
        AuthorisationStatus::Validated => not_today(authorisation, today),
        AuthorisationStatus::NotSet => (
            "warning",
            "Pas encore : l’habilitation de votre organisation est en attente de validation",
            "L’équipe de Parcours IAE répond d’ordinaire sous 72 heures. D’ici là, vous orientez des personnes vers les employeurs, sans \
             pouvoir valider leur éligibilité."
                .to_owned(),
        ),
        AuthorisationStatus::Refused | AuthorisationStatus::NotRequired => (
            "info",
            "Non : votre organisation est orienteur",
            "Vous proposez des personnes aux employeurs. La validation de leur éligibilité revient à un prescripteur habilité, ou à la \
             structure qui les embauche."
                .to_owned(),
        ),
    };
    (tone, title, spaced(&said))
}

/// Of a right that does not run today: it starts later, or is over.
fn not_today(authorisation: &Authorisation, today: NaiveDate) -> (&'static str, &'static str, String) {
    match authorisation.begins_after(today) {
        Some(start) => (
            "info",
            "Pas encore : l’habilitation de votre organisation n’a pas commencé",
            format!(
                "Le préfet l’a accordée à partir du {}. D’ici là, vous orientez des personnes vers les employeurs, sans valider leur \
                 éligibilité. Vous n’avez rien d’autre à faire.",
                date(start)
            ),
        ),
        None => (
            "warning",
            "Non : l’habilitation de votre organisation est arrivée à terme",
            format!(
                "Elle s’est achevée{}. Vous orientez des personnes vers les employeurs, sans valider leur éligibilité. Les diagnostics \
                 déjà faits restent valables.",
                authorisation.last_day().map(|end| format!(" le {}", date(end))).unwrap_or_default()
            ),
        ),
    }
}

/// What the dashboard of an organisation says of its right: that it waits (PRE-12), ends soon, or is over (D15); else nothing.
pub(crate) fn notice(
    authorisation: &Authorisation,
    today: NaiveDate,
) -> Option<(&'static str, String, String)> {
    let soon = authorisation.until(today).filter(|end| {
        authorisation.is_on(today)
            && today >= sub_months(*end, ANNOUNCED_MONTHS.into_iter().max().unwrap_or_default())
    });
    if let Some(end) = soon {
        let title = spaced(&format!("L’habilitation de votre organisation s’achève le {}", date(end)));
        let said = "Le lendemain, vous ne pourrez plus valider d’éligibilité ni répondre aux demandes de prolongation.".to_owned();
        return Some(("warning", title, said));
    }
    let is_told = match authorisation.status {
        AuthorisationStatus::NotSet => true,
        AuthorisationStatus::Validated => !authorisation.is_on(today),
        AuthorisationStatus::Refused | AuthorisationStatus::NotRequired => false,
    };
    let (tone, title, said) = right(authorisation, today);
    is_told.then(|| (tone, spaced(title), said))
}

/// Why an organisation has nothing to ask for today.
pub(super) fn not_needed(why: NotNeeded) -> String {
    let said = match why {
        NotNeeded::Authorised => {
            "Votre organisation est déjà habilitée par l’arrêté du 1er septembre 2021 : elle n’a pas besoin de l’être par le préfet."
                .to_owned()
        }
        NotNeeded::TooEarly { from } => {
            format!("Le renouvellement pourra être demandé à partir du {}.", date(from))
        }
        NotNeeded::NoDepartment => {
            "Le département de votre organisation n’est pas connu : complétez son adresse, pour que sa DDETS puisse instruire la demande."
                .to_owned()
        }
    };
    spaced(&said)
}

/// One line of the history of an organisation.
pub(super) struct PastLine {
    pub badge: StateBadge,
    /// « Du 4 mai 2026 au 3 mai 2031, arrêté n° 2026-57-12 »
    pub about: String,
    /// Why it was refused or revoked.
    pub reason: String,
}

impl PastLine {
    pub(super) fn all(habilitations: &[Habilitation], today: NaiveDate) -> Vec<Self> {
        habilitations.iter().map(|one| Self::of(one, today)).collect()
    }

    fn of(one: &Habilitation, today: NaiveDate) -> Self {
        let asked = if one.is_renewal { "Renouvellement" } else { "Demande" };
        let at = one.submitted_at.unwrap_or(one.begun_at);
        let about = one.order.as_ref().map_or_else(
            || format!("{asked} du {}", date(paris_date(at))),
            |order| {
                let days = period(order.period.start, order.period.end);
                format!("Arrêté n°\u{a0}{} du {}, valable {days}", order.number, date(order.ordered_on))
            },
        );
        Self { badge: badge(one, today), about, reason: one.reason.clone().unwrap_or_default() }
    }
}

/// « Favorable, le 4 mai 2026 ».
pub(super) fn opinion(one: &Habilitation) -> Option<(String, String)> {
    let given = one.opinion.as_ref()?;
    let when = given.on.map(|day| format!(", le {}", date(day))).unwrap_or_default();
    Some((format!("{}{when}", given.opinion.label()), given.words.clone()))
}

/// What an opinion means for what follows.
pub(super) const fn opinion_hint(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Favourable => "",
        Opinion::Unfavourable => "L’avis ne lie pas le préfet.",
        Opinion::NotGiven => "La commission ne s’est pas réunie, ou ne s’est pas prononcée.",
    }
}

/// Said of an order that is there already.
pub(super) const ALREADY_ENTERED: &str = "Cet arrêté est déjà enregistré pour cette organisation\u{a0}: vous le trouvez dans la liste des demandes d’habilitation.";

/// What is wrong with an order, beside its field.
pub(super) fn add_order(errors: &mut FieldErrors, mistake: OrderMistake) {
    match mistake {
        OrderMistake::NoNumber => errors.add("order_number", "Indiquez le numéro de l’arrêté."),
        OrderMistake::InTheFuture => {
            errors.add("ordered_on", "Cette date n’est pas encore passée : indiquez celle de la signature.");
        }
        OrderMistake::StartsBeforeIt => {
            errors.add("starts_on", "L’habilitation ne peut pas commencer avant la date de l’arrêté.");
        }
        OrderMistake::Backwards => errors.add("ends_on", "Le dernier jour ne peut pas précéder le premier."),
        OrderMistake::TooLong { latest } => errors.add(
            "ends_on",
            format!("Une habilitation dure cinq ans au plus : le {} au plus tard.", date(latest)),
        ),
        OrderMistake::Over => errors.add("ends_on", "Cette habilitation est déjà arrivée à terme."),
    }
}
