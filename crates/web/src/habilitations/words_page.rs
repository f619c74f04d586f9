//! A transition that asks for words and nothing else: a complement, a refusal, a revocation. Its page, and the words that were typed.

use askama::Template;
use chrono::{DateTime, Utc};
use iae_app::habilitations::queries::HabilitationDetail;
use iae_domain::text::Message;
use serde::Deserialize;

use super::news::News;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::transition::{instant, version};

/// The longest words, in characters.
pub(super) const WORDS_MAX_CHARS: usize = 2000;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/words_page.html")]
pub struct WordsPage {
    pub(super) layout: Layout,
    pub(super) of: HabilitationDetail,
    /// What it does.
    pub(super) asks: Asks,
    /// Where the form goes.
    pub(super) action: String,
    pub(super) form: WordsForm,
    /// What was changed since the page was read (D32).
    pub(super) news: Option<News>,
    pub(super) errors: FieldErrors,
}

impl WordsPage {
    /// The page as it is now, with the words that were typed before it changed, beside what is kept: to be sent again, if they may.
    pub(super) fn overtaken(self, typed: WordsForm, may_send: bool) -> Self {
        let news = Some(News::of(&self.of, &[(self.asks.kept_as, typed.words.clone())], may_send));
        let form = WordsForm { words: typed.words, seen: self.form.seen };
        Self { form, news, ..self }
    }

    /// Whether there is a form to send.
    fn may_send(&self) -> bool {
        self.news.as_ref().is_none_or(|news| news.may_send)
    }
}

/// The words of such a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks {
    pub title: &'static str,
    /// What follows from it.
    pub lead: &'static str,
    pub label: &'static str,
    /// What the words are called once they are kept.
    pub kept_as: &'static str,
    pub hint: &'static str,
    /// What is said when nothing is typed.
    pub blank: &'static str,
    pub button: &'static str,
    /// The look of the button.
    pub kind: &'static str,
}

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct WordsForm {
    words: String,
    /// When what was read changed last (D32).
    seen: String,
}

impl WordsForm {
    pub(super) fn of(of: &HabilitationDetail) -> Self {
        Self { words: String::new(), seen: version(of.habilitation.changed_at) }
    }

    /// What was seen, and the words.
    pub(super) fn parse(&self, blank: &str) -> Result<(Option<DateTime<Utc>>, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.check_length("words", self.words.trim(), WORDS_MAX_CHARS);
        let words = Message::<WORDS_MAX_CHARS>::parse(&self.words).ok();
        if words.is_none() {
            errors.add("words", blank);
        }
        errors.or(words.map(|words| (instant(&self.seen), words.as_str().to_owned())))
    }
}
