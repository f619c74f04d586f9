//! Habilitation by the prefect (D15; rule book 01 §4.3; guide P2 §1.1): an organisation asks for it, the DDETS instructs, anyone reads who
//! is authorised; what the team decides of organisations that registered.

mod act;
mod authorisations;
mod complement;
mod grant;
mod index;
mod new;
mod news;
mod opinion;
mod order;
mod own;
mod piece;
mod refusal;
mod register;
mod request;
mod revocation;
mod show;
mod transmission;
mod words;
mod words_page;

use iae_domain::habilitations::policy::Instructor;

pub(crate) use words::notice;

use crate::extract::Reserved;
use crate::routing::Routes;

impl Reserved for Instructor {
    const FOR: &'static str = "aux DDETS et à l’équipe du service";
}

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(own::get)
        .get(request::get)
        .post(request::post)
        .get(transmission::get)
        .post(transmission::post)
        .get(piece::get)
        .get(index::get)
        .get(new::get)
        .post(new::post)
        .get(show::get)
        .get(complement::get)
        .post(complement::post)
        .get(opinion::get)
        .post(opinion::post)
        .get(grant::get)
        .post(grant::post)
        .get(refusal::get)
        .post(refusal::post)
        .get(revocation::get)
        .post(revocation::post)
        .get(register::get)
        .merge(authorisations::routes())
}
