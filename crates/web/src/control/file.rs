//! `/controls/{id}/file`: the whole file of a control as one ZIP, for its DDETS, and for its SIAE once the campaign is over (rule book 04
//! §1.19, 05 C11). It begins with its table of contents, a PDF one can listen to.

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse as _;
use iae_app::Ctx;
use iae_app::control::controls::file::{ControlFile, Piece, open};
use iae_domain::Actor;
use iae_domain::control::Sirets;
use iae_domain::time::paris_date;
use iae_pdf::{ContentsPart, ContentsPiece, ControlContents, control_contents};

use crate::documents::sent::SANDBOX;
use crate::error::{PageError, PageResult};
use crate::french;
use crate::paths::ControlFilePath;
use crate::state::WebState;
use crate::streamed;

/// The parts of the file, each with its folder, the first one with what is in none.
const PARTS: [(Option<&str>, &str); 4] = [
    (None, "Le contrôle"),
    (Some("05-mails"), "Les e-mails"),
    (Some("06-decisions"), "Les décisions"),
    (Some("07-justificatifs"), "Les justificatifs"),
];

/// Sends it, as it is made.
pub async fn get(
    ControlFilePath { id }: ControlFilePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
) -> PageResult {
    let file = open(&state, &ctx, id).await?;
    let name = format!("controle-{}-{}.zip", file.sirets.site(), paris_date(file.as_of));
    let document = contents(&file);
    let made = tokio::task::spawn_blocking(move || control_contents(&document)).await;
    let contents = made.map_err(PageError::defect)?.map_err(PageError::defect)?;
    let content = file.take(&state, &ctx, contents).await?.ok_or(PageError::ExportRunning)?;
    let headers: [(HeaderName, String); 4] = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, streamed::body(content)).into_response())
}

/// What its table of contents says.
fn contents(file: &ControlFile) -> ControlContents {
    let copy_of = if file.is_of_ddets { "Exemplaire de la DDETS" } else { "Exemplaire de la structure" };
    let part = |(folder, title): (Option<&str>, &str)| {
        let pieces = file.pieces.iter().filter(|piece| top(piece) == folder);
        ContentsPart { title: title.to_owned(), pieces: pieces.map(line).collect() }
    };
    ControlContents {
        as_of: paris_date(file.as_of),
        company: file.company.clone(),
        sirets: sirets(&file.sirets),
        ddets: file.ddets.clone(),
        hired: french::period(file.hired.start, file.hired.end),
        copy_of: copy_of.to_owned(),
        parts: PARTS.into_iter().map(part).collect(),
    }
}

/// Each SIRET with what it is called, as people read it.
pub(super) fn sirets(sirets: &Sirets) -> Vec<(String, String)> {
    sirets.named().into_iter().map(|(what, siret)| (what.to_owned(), french::siret(siret))).collect()
}

/// The outermost folder of a piece.
fn top(piece: &Piece) -> Option<&str> {
    piece.folder().map(|folder| folder.split_once('/').map_or(folder, |(top, _)| top))
}

fn line(piece: &Piece) -> ContentsPiece {
    ContentsPiece {
        name: piece.name.clone(),
        what: piece.what.clone(),
        size: size(piece.size),
        sha256: piece.sha256.clone(),
    }
}

/// « 12 ko », « 1,3 Mo », never less than there is.
fn size(bytes: u64) -> String {
    const KILO: u64 = 1024;
    if bytes < KILO * KILO {
        format!("{}\u{a0}ko", bytes.div_ceil(KILO))
    } else {
        let tenths = (bytes * 10).div_ceil(KILO * KILO);
        format!("{},{}\u{a0}Mo", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_never_less_than_it_is() {
        for (bytes, expected) in [
            (0, "0 ko"),
            (1, "1 ko"),
            (1024, "1 ko"),
            (1025, "2 ko"),
            (1_048_575, "1024 ko"),
            (1_048_576, "1,0 Mo"),
            (1_048_577, "1,1 Mo"),
            (5_242_880, "5,0 Mo"),
        ] {
            assert_eq!(size(bytes).replace('\u{a0}', " "), expected, "{bytes}");
        }
    }
}
