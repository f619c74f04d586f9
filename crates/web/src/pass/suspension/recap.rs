//! What an act would do, before it is confirmed; then the act itself (rule book 03 §5.4: preview, then certify).

use askama::Template;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::pass::prolongation::queries::of_pass;
use iae_app::pass::queries::last_move;
use iae_app::pass::suspensions;
use iae_app::{App, Failure};
use iae_domain::candidates::ShownName;
use iae_domain::ids::PassId;
use iae_domain::pass::remaining;
use iae_domain::pass::suspension::{Effect, NotSuspendable, SuspensionAct, SuspensionRefused};
use iae_domain::time::{Period, add_days};

use super::asked::AskedPass;
use super::messages;
use crate::error::{PageResult, page_with, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::french::spaced;
use crate::layout::Layout;
use crate::pass::{prolongation, words};

/// What is shown before an act is confirmed.
#[derive(Template)]
#[template(path = "pass/suspension/recap.html")]
pub struct RecapPage {
    layout: Layout,
    id: PassId,
    holder: ShownName,
    words: Words,
    /// What someone did since the page was first shown (D32).
    news: Option<String>,
    rows: Vec<(&'static str, String)>,
    /// The form, to be sent again.
    kept: Vec<(&'static str, String)>,
    /// The end of the PASS this was computed from.
    seen: String,
}

/// The words of an act.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// The title of the recap.
    pub title: &'static str,
    /// What is lost, when something is.
    pub warning: &'static str,
    /// The button that does it.
    pub confirm: &'static str,
    /// How that button looks.
    pub kind: &'static str,
    /// What is said once it is done.
    pub done: &'static str,
}

/// An act, as a form asks for it.
pub(super) struct Submission {
    pub act: SuspensionAct,
    /// The end of the PASS that was shown, when the recap is confirmed.
    pub confirms: Option<NaiveDate>,
    pub kept: Vec<(&'static str, String)>,
    /// What is said of the act itself.
    pub said: Vec<(&'static str, String)>,
    pub words: Words,
}

/// The end that was shown, when a form confirms what it saw; one that does not say it is shown the recap first.
pub(super) fn confirmed(step: &str, seen: &str) -> Option<NaiveDate> {
    if step == "confirm" { seen.parse().ok() } else { None }
}

/// What moved the PASS since its end was shown (D32).
pub(super) async fn news(app: &App, asked: &AskedPass) -> PageResult<String> {
    Ok(words::moved(asked.pass.period().end, last_move(app, asked.id).await?.as_ref()))
}

/// The request of prolongation that waits, and what becomes of it.
pub(super) async fn waiting(
    app: &App,
    asked: &AskedPass,
    effect: &Effect,
) -> PageResult<Option<(&'static str, String)>> {
    let said = prolongation::waiting(&of_pass(app, asked.id).await?, &effect.after);
    Ok(said.map(|said| ("Prolongation demandée", said)))
}

/// Does what is confirmed; else says what it would do. When the PASS changed meanwhile, says it again, and who did what (D32).
pub(super) async fn submit<P: Template>(
    app: &App,
    mut asked: AskedPass,
    submission: Submission,
    page: impl FnOnce(AskedPass, FieldErrors) -> P,
) -> PageResult {
    let (mut status, mut news) = (StatusCode::OK, None);
    if let Some(seen) = submission.confirms {
        match suspensions::act(app, &asked.ctx, asked.id, seen, submission.act.clone()).await {
            Ok(()) => return asked.done(submission.words.done).await,
            Err(Failure::Refused(SuspensionRefused::EndMoved { .. })) => {
                asked = asked.reread(app).await?;
                status = StatusCode::CONFLICT;
                news = Some(self::news(app, &asked).await?);
            }
            Err(failure) => return refuse(app, asked, Some(seen), failure, page).await,
        }
    }
    match suspensions::preview(app, &asked.ctx, asked.id, submission.act.clone()).await {
        Ok(effect) => {
            let waiting = waiting(app, &asked, &effect).await?;
            page_with(status, &RecapPage::of(asked, submission, &effect, waiting, news))
        }
        Err(failure) => refuse(app, asked, submission.confirms, failure, page).await,
    }
}

async fn refuse<P: Template>(
    app: &App,
    asked: AskedPass,
    seen: Option<NaiveDate>,
    failure: Failure<SuspensionRefused>,
    page: impl FnOnce(AskedPass, FieldErrors) -> P,
) -> PageResult {
    let refused = match failure {
        Failure::App(error) => return Err(error.into()),
        Failure::Refused(refused) => refused,
    };
    if let Some(errors) = messages::mistakes(&refused) {
        return unprocessable(&page(asked, errors));
    }
    not_done(app, asked.reread(app).await?, seen, &refused).await
}

/// The page that says why the form that is opened does not open, and who decides; its title when nobody else does.
pub(super) fn not_open(asked: AskedPass, refused: &SuspensionRefused, title: &str) -> PageResult {
    let (status, sentence) = messages::why_not(refused, &asked.pass, &asked.suspensions);
    say(asked, status, title, &sentence)
}

/// The page that says why what was sent is not done, who decides, and what moved the PASS since its end was shown (D32).
pub(super) async fn not_done(
    app: &App,
    asked: AskedPass,
    seen: Option<NaiveDate>,
    refused: &SuspensionRefused,
) -> PageResult {
    let (status, mut sentence) = messages::why_not(refused, &asked.pass, &asked.suspensions);
    // That it is suspended already is said with who did it.
    let is_told = matches!(refused, SuspensionRefused::NotSuspendable(NotSuspendable::Suspended { .. }));
    if !is_told && seen.is_some_and(|seen| seen != asked.pass.period().end) {
        sentence = format!("{sentence} {}", news(app, &asked).await?);
    }
    say(asked, status, "Rien n’a été changé", &sentence)
}

fn say(asked: AskedPass, status: StatusCode, title: &str, sentence: &str) -> PageResult {
    let elsewhere = status == StatusCode::FORBIDDEN;
    let title = if elsewhere { "Une autre structure décide de cette suspension" } else { title };
    asked.refused(status, title, sentence)
}

impl RecapPage {
    fn of(
        asked: AskedPass,
        submission: Submission,
        effect: &Effect,
        waiting: Option<(&'static str, String)>,
        news: Option<String>,
    ) -> Self {
        let Submission { kept, said, words, .. } = submission;
        let rows = said.into_iter().chain(effects(effect, asked.today())).chain(waiting);
        let rows = rows.chain([asked.told()]).map(|(label, value)| (label, spaced(&value))).collect();
        Self::new(asked, words, rows, kept, effect, news)
    }

    pub(super) fn new(
        asked: AskedPass,
        words: Words,
        rows: Vec<(&'static str, String)>,
        kept: Vec<(&'static str, String)>,
        effect: &Effect,
        news: Option<String>,
    ) -> Self {
        let AskedPass { layout, id, pass, .. } = asked;
        let news = news.map(|news| spaced(&news));
        Self {
            layout,
            id,
            holder: pass.holder,
            words,
            news,
            rows,
            kept,
            seen: effect.before.end().to_string(),
        }
    }
}

/// What becomes of the end and of the days left.
pub(in crate::pass) fn effects(effect: &Effect, today: NaiveDate) -> [(&'static str, String); 2] {
    let (before, after) = (effect.before.end(), effect.after.end());
    let end = if before == after {
        format!("{}, comme avant", french::date(after))
    } else {
        format!("{} (avant : {})", french::date(after), french::date(before))
    };
    let (left, will_be_left) = (effect.before.remaining_days(today), effect.after.remaining_days(today));
    let days = if left == will_be_left {
        format!("{}, comme avant", remaining(&effect.after, today))
    } else {
        format!("{} (avant : {})", remaining(&effect.after, today), french::days(left))
    };
    [("Fin du PASS IAE", end), ("Jours restants", days)]
}

/// The days a suspension puts aside: all but the first (W1).
pub(super) fn put_aside(period: Period) -> String {
    let first = "le premier jour d’une suspension reste un jour de parcours";
    let aside = Period { start: add_days(period.start, 1), ..period };
    match aside.days() {
        ..=0 => format!("Aucun : {first}"),
        days => format!(
            "{}, {} ({first})",
            french::days(days.unsigned_abs()),
            french::period(aside.start, aside.end)
        ),
    }
}
