//! `/invitations/new`: a member invites people, one or many at once, pasted from a spreadsheet (INV-2 to INV-4). What will be sent
//! is read before it is.

mod form;
mod recap;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::organisations::invitations::queries::open;
use iae_app::organisations::invitations::{check, invite};
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::Colleague;
use iae_domain::organisations::invitations::{InviteRefused, Invited, MOST_PENDING};
use tower_sessions::Session;

use form::{NewInvitationsForm, OfRequest, Read};
use recap::RecapPage;

use crate::error::{PageError, PageResult, not_now, ok, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::plural;
use crate::layout::Layout;
use crate::limit;
use crate::organisations::members::Member;
use crate::paths::{MembersPath, NewInvitationsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/invitations/new.html")]
pub struct NewInvitationsPage {
    layout: Layout,
    /// How many may still be sent (INV-3).
    left: usize,
    form: NewInvitationsForm,
    errors: FieldErrors,
}

/// How many more may wait, as the form says it.
async fn left(app: &App, ctx: &Ctx<Colleague>) -> PageResult<usize> {
    let open = open(app, ctx.actor.organisation(), ctx.now).await?;
    let pending = open.iter().filter(|one| one.expires_at > ctx.now).count();
    Ok(MOST_PENDING.saturating_sub(pending))
}

/// Asks whom to invite; where fifty invitations wait already, says so (INV-3).
pub async fn get(
    _: NewInvitationsPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    Query(of): Query<OfRequest>,
    session: Session,
    layout: Layout,
) -> PageResult {
    let left = left(&state, &ctx).await?;
    if left == 0 {
        return flash::not_done(&session, FULL, WAIT, MembersPath).await;
    }
    let (form, errors) = (of.form(&state, ctx.actor.organisation()).await?, FieldErrors::default());
    ok(&NewInvitationsPage { layout, left, form, errors })
}

const FULL: &str = "Cinquante invitations attendent déjà";
const TWICE: &str = "Elles sont parties à l’instant, une fois par personne.";
const WAIT: &str =
    "Annulez celles qui ne servent plus, ou attendez des réponses, avant d’en envoyer d’autres.";

/// The same page with what was typed.
async fn again(
    app: &App,
    ctx: &Ctx<Colleague>,
    layout: Layout,
    form: NewInvitationsForm,
    errors: FieldErrors,
) -> PageResult {
    let left = left(app, ctx).await?;
    let has_mistakes = !errors.all().is_empty();
    let page = NewInvitationsPage { layout, left, form, errors };
    if has_mistakes { unprocessable(&page) } else { ok(&page) }
}

/// Reads what was typed, shows what will be sent, then sends it.
pub async fn post(
    _: NewInvitationsPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    session: Session,
    layout: Layout,
    Form(form): Form<NewInvitationsForm>,
) -> PageResult {
    if form.goes_back() {
        return again(&state, &ctx, layout, form, FieldErrors::default()).await;
    }
    let Read { people, mut mistakes } = match form.parse() {
        Ok(read) => read,
        Err(errors) => return again(&state, &ctx, layout, form, errors).await,
    };
    let (people, lines): (Vec<Invited>, Vec<Option<usize>>) =
        people.into_iter().map(|(line, person)| (person, line)).unzip();
    // Beside lines that cannot be read, the others are checked: all that is wrong is said at once.
    let sends = form.confirms() && mistakes.is_empty();
    let done = if sends {
        invite(&state, &ctx, people.clone()).await.map(Some)
    } else {
        check(&state, &ctx, people.clone()).await.map(|()| None)
    };
    match done {
        Ok(Some(sent)) => {
            let told = format!(
                "{} par e-mail. Chacune sert quatorze jours.",
                plural(i64::try_from(sent).unwrap_or(i64::MAX), "invitation partie", "invitations parties")
            );
            flash::done(&session, "Invitations envoyées", told, MembersPath).await
        }
        Ok(None) if mistakes.is_empty() => {
            let waiting = open(&state, ctx.actor.organisation(), ctx.now).await?;
            ok(&RecapPage { layout, people, waiting, now: ctx.now, form })
        }
        Ok(None) => again(&state, &ctx, layout, form, mistakes.errors()).await,
        // Read again a moment after it was sent, it is told apart: nothing leaves.
        Err(Failure::Refused(InviteRefused::Lines(refused)))
            if sends && form::sent_twice(&refused, lines.len()) =>
        {
            flash::done(&session, "Invitations envoyées", TWICE, MembersPath).await
        }
        Err(Failure::Refused(InviteRefused::Lines(refused))) => {
            mistakes.refuse(&refused, &lines);
            again(&state, &ctx, layout, form, mistakes.errors()).await
        }
        Err(Failure::Refused(InviteRefused::TooMany { left: 0 })) => {
            flash::not_done(&session, FULL, WAIT, MembersPath).await
        }
        Err(Failure::Refused(InviteRefused::TooMany { left })) => {
            // Lines that cannot be read are said first: they may be left out.
            let mut errors = mistakes.errors();
            errors.add("pasted", form::too_many(left, lines.len()));
            again(&state, &ctx, layout, form, errors).await
        }
        Err(Failure::Refused(InviteRefused::Closed)) => {
            Err(PageError::Forbidden { reserved_for: "aux structures dont la convention est active" })
        }
        Err(Failure::App(Error::Exhausted(exhausted))) => {
            let left = left(&state, &ctx).await?;
            let errors = FieldErrors::of_form(limit::said(&exhausted));
            not_now(&NewInvitationsPage { layout, left, form, errors }, exhausted.until)
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
