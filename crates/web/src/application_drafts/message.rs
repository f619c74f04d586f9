//! `/application-drafts/{id}/message`: the message, the CV, and the person's consent to what is shared (§4.9).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::applications::drafts::{self, Colleague, Tunnel};
use iae_app::documents::{UploadError, attach_cv, remove_cv};
use iae_domain::Actor;
use iae_domain::applications::TEXT_MAX_CHARS;
use iae_domain::applications::draft::{Advisor, DraftMessage, Step, StepChoice};
use iae_domain::candidates::consent::{ConsentRefused, Declaration, Sharing};
use iae_domain::documents::CvRefused;
use iae_domain::ids::ApplicationDraftId;
use iae_domain::text::NonBlank;
use serde::Deserialize;

use super::messages;
use super::step::{self, Frame};
use crate::choice::Choice;
use crate::documents::upload::Upload;
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::state::WebState;

/// What stands for someone who has no account.
const UNLISTED: &str = "unlisted";

/// What the guide advises to tell (partie 2, §2.2): a line to begin each paragraph.
const PROMPTS: [&str; 5] = [
    "Ses compétences et son envie pour ce métier :",
    "Sa volonté d'être accompagné(e) :",
    "Les freins à l'emploi, avec son accord :",
    "Les démarches déjà engagées, et avec qui :",
    "Pourquoi un parcours d'insertion, et pourquoi maintenant :",
];

/// The same for a candidate who writes for themselves.
const OWN_PROMPTS: [&str; 4] = [
    "Ce que je sais faire et ce qui me plaît dans ce métier :",
    "Pourquoi je veux être accompagné(e) :",
    "Ce qui me freine aujourd'hui, si je veux en parler :",
    "Ce que j'ai déjà commencé :",
];

/// The step.
#[derive(TypedPath, Deserialize)]
#[typed_path("/application-drafts/{id}/message", rejection(PageError))]
pub struct MessagePath {
    /// The draft.
    pub id: ApplicationDraftId,
}

/// What is shown of the step.
#[derive(Debug, Default, Deserialize)]
pub struct MessageQuery {
    /// Not empty when the prompts are inserted in the message: shown, not kept as long as nothing follows them.
    #[serde(default)]
    prompts: String,
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/message.html")]
pub struct MessagePage {
    layout: Layout,
    step: Frame,
    prompts: &'static [&'static str],
    message: DraftMessage,
    is_candidate: bool,
    is_optional: bool,
    has_cv: bool,
    cv_expected: bool,
    /// The person gets the message by mail.
    is_told: bool,
    told: Sharing,
    /// What would be shared is no longer what the person consented to.
    is_outdated: bool,
    advisors: Vec<Choice>,
    max: String,
    errors: FieldErrors,
}

impl MessagePage {
    fn advisor_label(&self) -> String {
        let name = self.step.candidate.as_deref().unwrap_or("la personne");
        format!("Accompagnateur de {name} au sein de votre structure")
    }

    /// Who else reads the message.
    const fn message_hint(&self) -> &'static str {
        match (self.is_told, self.is_candidate) {
            (true, true) => "Il vous est aussi envoyé par e-mail et ne pourra plus être modifié.",
            (true, false) => "Il est aussi envoyé à la personne par e-mail et ne pourra plus être modifié.",
            (false, _) => "Il ne pourra plus être modifié.",
        }
    }
}

/// Shows what was written so far.
pub async fn get(
    path: MessagePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    Query(query): Query<MessageQuery>,
    layout: Layout,
) -> PageResult {
    let tunnel = match step::open(&state, &ctx, &layout, path.id, Step::Message).await? {
        Ok(tunnel) => tunnel,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut message = tunnel.draft.message.clone();
    if !query.prompts.is_empty() {
        message.text = with_prompts(&message.text, prompts(&tunnel));
    }
    let colleagues = drafts::colleagues(&state, &ctx).await?;
    ok(&page(layout, &ctx, &tunnel, &colleagues, message, FieldErrors::default()))
}

/// Keeps the message, the file and the consent. What can be kept is kept, even when the rest is refused.
pub async fn post(
    path: MessagePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    mut upload: Upload,
) -> PageResult {
    let person = upload.value("person").parse().ok();
    let opened = async || step::open_posted(&state, &ctx, &layout, path.id, Step::Message, person).await;
    let tunnel = match opened().await? {
        Ok(tunnel) => tunnel,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let refused = match upload.take_file() {
        Some(file) => match attach_cv(&state, &ctx, &tunnel, &file.name, file.content).await {
            Ok(()) => None,
            Err(UploadError::Refused(refused)) => Some(refused),
            Err(UploadError::App(error)) => return Err(error.into()),
        },
        None if upload.is_set("remove_cv") => {
            remove_cv(&state, &ctx, &tunnel).await?;
            None
        }
        None => None,
    };
    let tunnel = match opened().await? {
        Ok(tunnel) => tunnel,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let colleagues = drafts::colleagues(&state, &ctx).await?;
    let (message, errors) = parse(&tunnel, &colleagues, &upload, refused);
    if upload.is_set("insert_prompts") {
        let text = without_empty_prompts(&message.text, prompts(&tunnel));
        let message = DraftMessage { text, ..message };
        drafts::save(&state, &ctx, &tunnel, StepChoice::Message(message)).await?;
        return see_other(format!("{}?prompts=true#message", step::href(path.id, Step::Message)));
    }
    if !errors.is_empty() {
        return unprocessable(&page(layout, &ctx, &tunnel, &colleagues, message, errors));
    }
    let text = without_empty_prompts(&message.text, prompts(&tunnel));
    let message = DraftMessage { text, ..message };
    drafts::save(&state, &ctx, &tunnel, StepChoice::Message(message)).await?;
    step::go_on(&state, &ctx, path.id, Step::Message).await
}

/// What was typed, with what is wrong (SUB-60; guide, partie 2, §2.2). The consent is to what the page showed: when it
/// is something else that would be shared now, the person is asked again.
fn parse(
    tunnel: &Tunnel,
    colleagues: &[Colleague],
    upload: &Upload,
    cv: Option<CvRefused>,
) -> (DraftMessage, FieldErrors) {
    let mut errors = FieldErrors::default();
    let text = upload.value("message").replace("\r\n", "\n");
    let written = without_empty_prompts(&text, prompts(tunnel));
    if written.is_empty() && !tunnel.is_own_company() {
        errors.add("message", "Écrivez un message\u{a0}: c'est ce que l'employeur lit en premier.");
    }
    errors.check_length("message", &text, TEXT_MAX_CHARS);
    if let Some(refused) = cv {
        errors.add("cv", messages::cv(refused));
    }
    let sharing = tunnel.sharing();
    let is_what_was_shown = upload.value("told") == sharing.with_cv().mark();
    let declaration = Declaration {
        informed: upload.is_set("informed"),
        consents: upload.is_set("consents"),
        shown: if is_what_was_shown { sharing.clone() } else { Sharing::default() },
    };
    let advisor = match upload.value("advisor") {
        UNLISTED => Advisor::Unlisted,
        id => colleagues
            .iter()
            .find(|colleague| colleague.user.to_string() == id)
            .map_or(Advisor::Sender, |colleague| Advisor::Colleague(colleague.user)),
    };
    let message = DraftMessage { text, declaration, advisor };
    if tunnel.is_candidate() {
        return (message, errors);
    }
    match message.declaration.covers(sharing) {
        Ok(()) => {}
        Err(ConsentRefused::NotInformed) => {
            errors.add("informed", "Informez la personne avant de transmettre quoi que ce soit.");
            if !message.declaration.consents {
                errors.add("consents", messages::NO_CONSENT);
            }
        }
        Err(ConsentRefused::NotGiven) => errors.add("consents", messages::NO_CONSENT),
        Err(ConsentRefused::Outdated) => errors.add("consents", messages::OUTDATED_CONSENT),
    }
    (message, errors)
}

/// The members of the organisation, the sender chosen unless someone else was, and nobody (SUB-62).
fn advisors(ctx: &Ctx<Actor>, colleagues: &[Colleague], advisor: Advisor) -> Vec<Choice> {
    let chosen = match advisor {
        Advisor::Sender => ctx.actor_record().user,
        Advisor::Colleague(user) => Some(user),
        Advisor::Unlisted => None,
    };
    let choice = |colleague: &Colleague| {
        Choice::new(colleague.user.to_string(), &colleague.name).selected_if(chosen == Some(colleague.user))
    };
    let unlisted = Choice::new(UNLISTED, "Non référencé sur le service").selected_if(chosen.is_none());
    colleagues.iter().map(choice).chain([unlisted]).collect()
}

fn prompts(tunnel: &Tunnel) -> &'static [&'static str] {
    if tunnel.is_candidate() { &OWN_PROMPTS } else { &PROMPTS }
}

/// The message with the prompts it does not hold yet, one a paragraph.
fn with_prompts(text: &str, prompts: &[&str]) -> String {
    let mut paragraphs: Vec<&str> =
        NonBlank::parse(text).is_some().then_some(text.trim()).into_iter().collect();
    paragraphs.extend(prompts.iter().filter(|prompt| !text.contains(**prompt)));
    paragraphs.join("\n\n")
}

/// The message without the prompts nothing was written under: an employer reads no empty heading.
fn without_empty_prompts(text: &str, prompts: &[&str]) -> String {
    let is_prompt = |line: &str| prompts.contains(&line.trim());
    let lines: Vec<&str> = text.trim().lines().collect();
    let answered = |rank: usize| {
        let mut following = lines[rank + 1..].iter().filter(|line| !line.trim().is_empty());
        following.next().is_some_and(|line| !is_prompt(line))
    };
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for (rank, line) in lines.iter().enumerate() {
        let after_blank = kept.last().is_none_or(|last| last.trim().is_empty());
        let is_second_blank = line.trim().is_empty() && after_blank;
        if !is_second_blank && (!is_prompt(line) || answered(rank)) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

fn page(
    layout: Layout,
    ctx: &Ctx<Actor>,
    tunnel: &Tunnel,
    colleagues: &[Colleague],
    mut message: DraftMessage,
    errors: FieldErrors,
) -> MessagePage {
    let chosen = |id| tunnel.draft.jobs.contains(id);
    let is_outdated = !tunnel.is_candidate()
        && message.declaration.covers(tunnel.sharing()) == Err(ConsentRefused::Outdated);
    if is_outdated {
        message.declaration = Declaration::default();
    }
    MessagePage {
        layout,
        step: Frame::of(tunnel, Step::Message),
        prompts: prompts(tunnel),
        advisors: advisors(ctx, colleagues, message.advisor),
        message,
        is_candidate: tunnel.is_candidate(),
        is_optional: tunnel.is_own_company(),
        has_cv: tunnel.draft.cv.is_some(),
        cv_expected: tunnel.company.jobs.iter().any(|job| job.cv_required && chosen(&job.id)),
        is_told: tunnel.candidate.as_ref().is_some_and(|person| person.email.is_some()),
        told: tunnel.sharing().with_cv(),
        is_outdated,
        max: TEXT_MAX_CHARS.to_string(),
        errors,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_added_once_after_what_was_written() {
        let once = with_prompts("Bonjour,", &["A :", "B :"]);
        assert_eq!(once, "Bonjour,\n\nA :\n\nB :");
        assert_eq!(with_prompts(&once, &["A :", "B :"]), once);
        assert_eq!(with_prompts("  ", &["A :"]), "A :");
    }

    #[test]
    fn prompts_nothing_follows_are_taken_away_and_the_others_stay() {
        let prompts = &["A :", "B :", "C :"];
        let written = "Bonjour,\n\nA :\n\nB :\nElle taille,\n\nelle plante.\n\nC :\n";
        let kept = "Bonjour,\n\nB :\nElle taille,\n\nelle plante.";
        assert_eq!(without_empty_prompts(written, prompts), kept);
        assert_eq!(without_empty_prompts(kept, prompts), kept);
        assert_eq!(without_empty_prompts("A : oui\n\nB :", prompts), "A : oui");
        assert_eq!(without_empty_prompts("A :\n\nB :\n\nC :", prompts), "");
    }
}
