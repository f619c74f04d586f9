//! An establishment, asked of SIRENE while whoever signs it up waits: for a few seconds, and never in a transaction (ORG-6, D18).

use iae_domain::directory::Position;
use iae_domain::organisations::sign_up::{Identity, Whereabouts};
use iae_domain::organisations::{Establishment, NotListed, Siret};
use iae_domain::reference::TypedPlace;
use iae_domain::text::department_of_post_code;

use super::queries;
use crate::App;
use crate::error::Result;

/// What SIRENE says of it, in a commune of the reference when it is one (D23); or why it says nothing, and whoever signs it up
/// says where it is.
pub async fn look_up(app: &App, siret: &Siret) -> Result<Result<Identity, NotListed>> {
    // Whoever waits for an answer keeps nobody else waiting for a connection.
    app.db.rest();
    let establishment = match app.sirene.establishment(siret).await {
        Ok(establishment) => establishment,
        Err(not_listed) => return Ok(Err(not_listed)),
    };
    let Establishment { siret, name, line_1, line_2, post_code, city, commune_code } = establishment;
    let commune = match &commune_code {
        Some(code) => queries::commune(&app.db, code).await?,
        None => None,
    };
    let seat = match commune {
        Some(commune) => Whereabouts {
            line_1,
            line_2,
            post_code,
            // « Metz », where SIRENE writes capitals; « Paris » for an arrondissement.
            city: TypedPlace::read("").postal_city(&commune.name),
            department: Some(commune.department_code),
            position: commune
                .latitude
                .zip(commune.longitude)
                .map(|(latitude, longitude)| Position { latitude, longitude }),
        },
        None => Whereabouts {
            department: department_of_post_code(&post_code),
            line_1,
            line_2,
            post_code,
            city,
            position: None,
        },
    };
    Ok(Ok(Identity { siret, name, seat, phone: None, email: None, website: None }))
}
