//! What was changed of a request while a form about it was open (D32): who did it, what is kept beside what was typed.

use iae_app::habilitations::queries::HabilitationDetail;
use iae_domain::habilitations::Habilitation;

use super::act;
use crate::forms::FieldErrors;
use crate::french::date;

/// What a form that comes again says above its fields.
pub struct News {
    /// Who, when, and where the request stands.
    pub(super) said: String,
    /// What it is, what is kept, what was typed; none of what the form does not ask.
    pub(super) versions: Vec<(&'static str, String, Option<String>)>,
    /// Whether what was typed may be sent again.
    pub(super) may_send: bool,
}

/// What an opinion, a complement, a decision are called, on the form and beside what was typed.
pub(super) const OPINION: &str = "Avis de la commission";
pub(super) const OPINION_ON: &str = "Date de l’avis";
pub(super) const OPINION_WORDS: &str = "Ce que la commission a dit";
pub(super) const COMPLEMENT: &str = "Complément demandé";
pub(super) const ORDER_NUMBER: &str = "Numéro de l’arrêté";
pub(super) const ORDERED_ON: &str = "Date de l’arrêté";
pub(super) const STARTS_ON: &str = "Premier jour de l’habilitation";
pub(super) const ENDS_ON: &str = "Dernier jour de l’habilitation";
pub(super) const REASON: &str = "Motif";

impl News {
    /// What is kept of a request, beside what was typed of it.
    pub(super) fn of(of: &HabilitationDetail, typed: &[(&'static str, String)], may_send: bool) -> Self {
        let version = |(what, kept): (&'static str, String)| {
            let typed = typed.iter().find(|(field, _)| *field == what).map(|(_, typed)| typed.clone());
            (what, kept, typed)
        };
        let differs = |(_, kept, typed): &(&'static str, String, Option<String>)| match typed {
            Some(typed) => kept.trim() != typed.trim(),
            None => !kept.is_empty(),
        };
        let versions = kept(&of.habilitation).into_iter().map(version).filter(differs).collect();
        Self { said: act::news(of), versions, may_send }
    }
}

/// All that whoever instructs wrote of a request, blank where nobody did.
fn kept(one: &Habilitation) -> Vec<(&'static str, String)> {
    let (opinion, order) = (one.opinion.as_ref(), one.order.as_ref());
    vec![
        (OPINION, opinion.map(|given| given.opinion.label().to_owned()).unwrap_or_default()),
        (OPINION_ON, opinion.and_then(|given| given.on).map(date).unwrap_or_default()),
        (OPINION_WORDS, opinion.map(|given| given.words.clone()).unwrap_or_default()),
        (COMPLEMENT, one.complement.clone().unwrap_or_default()),
        (ORDER_NUMBER, order.map(|order| order.number.clone()).unwrap_or_default()),
        (ORDERED_ON, order.map(|order| date(order.ordered_on)).unwrap_or_default()),
        (STARTS_ON, order.map(|order| date(order.period.start)).unwrap_or_default()),
        (ENDS_ON, order.map(|order| date(order.period.end)).unwrap_or_default()),
        (REASON, one.reason.clone().unwrap_or_default()),
    ]
}

/// A day that was typed, as a day that is kept is written; as it was typed when it is none.
pub(super) fn day(typed: &str) -> String {
    FieldErrors::default().day("day", typed).map_or_else(|| typed.to_owned(), date)
}
