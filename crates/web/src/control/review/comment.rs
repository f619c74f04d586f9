//! `POST /control-hires/{id}/comment`: what the DDETS says of a hire that it refuses, to its SIAE (rule book 04 §1.10).

use axum::extract::State;
use iae_app::Ctx;
use iae_app::control::controls::{self, COMMENT_MAX_CHARS};
use iae_domain::actor::InspectorActor;
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::hire::ReviewPage;
use crate::error::{PageResult, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlCommentPath, ControlHirePath};
use crate::state::WebState;

/// The comment; nothing takes back what was said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    comment: String,
}

impl CommentForm {
    fn parse(&self) -> Result<Option<Message<COMMENT_MAX_CHARS>>, FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check_length("comment", self.comment.trim(), COMMENT_MAX_CHARS);
        if errors.is_empty() { Ok(Message::parse(&self.comment).ok()) } else { Err(errors) }
    }
}

/// Says it.
pub async fn post(
    ControlCommentPath { id }: ControlCommentPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<CommentForm>,
) -> PageResult {
    match form.parse() {
        Ok(comment) => {
            controls::comment(&state, &ctx, id, comment.as_ref()).await?;
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
        Err(errors) => {
            let typed = Some((form.comment, errors));
            unprocessable(&ReviewPage::load(&state, &ctx, layout, id, typed).await?)
        }
    }
}
