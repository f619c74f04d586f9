//! `POST /control-hires/{id}/comment`: what the DDETS says of a hire that it refuses, to its SIAE (rule book 04 §1.10).

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::control::controls::{self, COMMENT_MAX_CHARS, SeenComment, last_comment};
use iae_app::{Ctx, Error};
use iae_domain::actor::InspectorActor;
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::hire::ReviewPage;
use crate::error::{PageResult, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlCommentPath, ControlHirePath};
use crate::state::WebState;

/// The comment, and the one that was there when it was typed (D32); nothing takes back what was said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    comment: String,
    seen: String,
}

impl CommentForm {
    fn parse(&self) -> Result<Option<Message<COMMENT_MAX_CHARS>>, FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check_length("comment", self.comment.trim(), COMMENT_MAX_CHARS);
        if errors.is_empty() { Ok(Message::parse(&self.comment).ok()) } else { Err(errors) }
    }
}

/// Says it. When a colleague said something else meanwhile, the page says what, and keeps what was typed.
pub async fn post(
    ControlCommentPath { id }: ControlCommentPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<CommentForm>,
) -> PageResult {
    let comment = match form.parse() {
        Ok(comment) => comment,
        Err(errors) => {
            let page = ReviewPage::load(&state, &ctx, layout, id).await?;
            return unprocessable(&page.again(form.comment, SeenComment::sent(form.seen), errors));
        }
    };
    match controls::comment(&state, &ctx, id, &SeenComment::sent(form.seen), comment.as_ref()).await {
        Ok(()) => {
            let (title, told) = match comment {
                Some(_) => (
                    "Commentaire enregistré",
                    "La structure le lira quand elle pourra lire vos décisions, pas avant.",
                ),
                None => (
                    "Commentaire retiré",
                    "La structure ne lira aucun commentaire pour cette auto-prescription.",
                ),
            };
            flash::done(&session, title, told, ControlHirePath { id }).await
        }
        Err(Error::Conflict) => {
            let page = ReviewPage::load(&state, &ctx, layout, id).await?;
            let meanwhile = last_comment(&state, id).await?;
            page_with(StatusCode::CONFLICT, &page.overtaken(form.comment, &meanwhile))
        }
        Err(error) => Err(error.into()),
    }
}
