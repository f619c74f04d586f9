//! Every page each person can reach by following links: it exists, it is cheap, and its markup is sound.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use iae_tests::{BASE_URL, Page, Persona, TestApp, world};
use scraper::{ElementRef, Html, Selector};

use crate::side_by_side::{World, side_by_side};
use crate::things::shape;

/// The most statements a page may take, that of its session included.
const STATEMENTS: usize = 8;

/// Addresses of one path differ by their query: filters, pages. A few are enough.
const QUERIES_OF_A_PATH: usize = 4;

/// Links that leave the platform or end the session on purpose.
pub fn is_followed(href: &str) -> bool {
    href.starts_with('/')
        && !href.starts_with("//")
        && !href.starts_with("/login/")
        && !href.starts_with("/static/")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_leads_to_a_sound_page() {
    let mut defects = Defects::default();
    let mut visited = 0;
    let everyone = std::iter::once(None).chain(Persona::ALL.iter().copied().map(Some));
    for (seen, found) in side_by_side(everyone, crawl).await {
        visited += seen;
        defects.extend(found);
    }
    assert!(defects.0.is_empty(), "{visited} pages seen, {} defects:\n{defects}", defects.0.len());
}

/// How many pages one person reaches, and what is wrong with them.
async fn crawl(world: Arc<World>, persona: Option<Persona>) -> (usize, Defects) {
    let app = world.copy().await;
    let who = persona.map_or_else(|| "visitor".to_owned(), |persona| format!("{persona:?}"));
    let mut browser = app.visitor();
    let mut waiting: VecDeque<(String, String)> =
        [("/", "start"), ("/dashboard", "start")].map(|(to, from)| (to.to_owned(), from.to_owned())).into();
    if let Some(persona) = persona {
        browser = app.browser(persona).await;
        let drafts = world.things.pages_of_drafts(&app, persona).await;
        waiting.extend(drafts.into_iter().map(|page| (page, "a draft".to_owned())));
    }
    let lacks_organisation = matches!(persona, Some(Persona::NoOrganisation | Persona::DeactivatedMember));
    let mut defects = Defects::default();
    let mut visited = 0;
    let mut seen: BTreeSet<String> = waiting.iter().map(|(to, _)| to.clone()).collect();
    let mut queries: BTreeMap<String, usize> = BTreeMap::new();
    while let Some((address, from)) = waiting.pop_front() {
        forget_openings(&app).await;
        let mut page = browser.get(&address).await;
        if page.statements.len() > STATEMENTS {
            // The first opening of a file in a day also writes its trace (D4): what counts is reading it.
            page = browser.get(&address).await;
        }
        visited += 1;
        let expected = page.status.is_success()
            || page.status.is_redirection()
            || (lacks_organisation && page.status == 403);
        let path = shape(page.url.path());
        if !expected {
            defects.add(format!("{path} linked from {from}: {}", page.status), &who);
            continue;
        }
        for defect in defects_of(&page) {
            defects.add(format!("{path}: {defect}"), &who);
        }
        for person in unnoticed(&app, persona, &path, &page).await {
            defects
                .add(format!("{path}: says who {person} is, and keeps no trace of who read it (D34)"), &who);
        }
        let next = page.links().into_iter().chain(page.location());
        for href in next.map(|href| href.strip_prefix(BASE_URL).map(ToOwned::to_owned).unwrap_or(href)) {
            let href = href.split('#').next().unwrap_or_default().to_owned();
            let path = href.split('?').next().unwrap_or_default().to_owned();
            if is_followed(&href)
                && !seen.contains(&href)
                && *queries.entry(path.clone()).or_default() < QUERIES_OF_A_PATH
            {
                *queries.entry(path).or_default() += 1;
                seen.insert(href.clone());
                waiting.push_back((href, shape(page.url.path())));
            }
        }
    }
    (visited, defects)
}

/// Everyone opens for the first time: a page that keeps no trace never hides behind one that did. The trail is only
/// added to, but for who owns the database.
async fn forget_openings(app: &TestApp) {
    let mut owner = app.db().pool().begin().await.unwrap();
    for statement in [
        "SET LOCAL session_replication_role = replica",
        "DELETE FROM audit_events WHERE action IN ('candidate.file_opened', 'candidate.searched_for')",
    ] {
        sqlx::query(statement).execute(&mut *owner).await.unwrap();
    }
    owner.commit().await.unwrap();
}

/// Pages about one thing that are the list of others: the drawn hires of an SIAE, people it employs.
const LISTS: [&str; 1] = ["/controls/{id}"];

/// Whom a page about one thing names, by whole name or address, to someone else than themselves, with nothing kept of it
/// (D4, D34). Lists are no openings: their lines lead to them.
async fn unnoticed(app: &TestApp, persona: Option<Persona>, path: &str, page: &Page) -> Vec<&'static str> {
    let Some(persona) =
        persona.filter(|_| path.contains("{id}") && !LISTS.contains(&path) && page.status.is_success())
    else {
        return vec![];
    };
    let mut unnoticed = Vec::new();
    for (person, id, email) in [
        ("Amel BENALI", world::CANDIDATE, "amel.benali@exemple.fr"),
        ("Bruno COLIN", world::OTHER_CANDIDATE, "bruno.colin@exemple.fr"),
    ] {
        if persona.user().0 == id.0 || !(page.html.contains(person) || page.html.contains(email)) {
            continue;
        }
        let is_kept: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM audit_events WHERE action IN ('candidate.file_opened', 'candidate.searched_for')
                 AND actor_id = $1 AND subject_id = $2)",
        )
        .bind(persona.user())
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap();
        if !is_kept {
            unnoticed.push(person);
        }
    }
    unnoticed
}

/// What is wrong, and who sees it.
#[derive(Default)]
struct Defects(BTreeMap<String, BTreeSet<String>>);

impl Defects {
    fn add(&mut self, defect: String, who: &str) {
        self.0.entry(defect).or_default().insert(who.to_owned());
    }

    fn extend(&mut self, others: Self) {
        for (defect, who) in others.0 {
            self.0.entry(defect).or_default().extend(who);
        }
    }
}

impl std::fmt::Display for Defects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (defect, who) in &self.0 {
            writeln!(f, "- {defect} ({})", who.iter().map(String::as_str).collect::<Vec<_>>().join(", "))?;
        }
        Ok(())
    }
}

fn defects_of(page: &Page) -> Vec<String> {
    let mut defects = Vec::new();
    if page.statements.len() > STATEMENTS {
        defects.push(format!("{} statements: {:#?}", page.statements.len(), page.statements));
    }
    let is_page =
        page.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page || !page.status.is_success() {
        return defects;
    }
    let document = Html::parse_document(&page.html);
    let headings = document.select(&css("h1")).count();
    if headings != 1 {
        defects.push(format!("{headings} main headings"));
    }
    if page.title().is_empty() {
        defects.push("no title".to_owned());
    }
    let mut ids = BTreeSet::new();
    for id in document.select(&css("[id]")).filter_map(|element| element.attr("id")) {
        if !ids.insert(id) {
            defects.push(format!("id {id} twice"));
        }
    }
    let labels: BTreeSet<&str> =
        document.select(&css("label[for]")).filter_map(|label| label.attr("for")).collect();
    for control in document.select(&css("input:not([type=hidden]):not([type=submit]), select, textarea")) {
        if !is_labelled(&labels, control) {
            defects.push(format!("no label: {}", control.attr("name").unwrap_or("?")));
        }
    }
    for reference in document.select(&css("[aria-describedby], [aria-labelledby], [aria-controls]")) {
        for name in ["aria-describedby", "aria-labelledby", "aria-controls"] {
            let missing =
                reference.attr(name).unwrap_or_default().split_whitespace().find(|id| !ids.contains(id));
            defects.extend(missing.map(|id| format!("{name} names {id}, which is not there")));
        }
    }
    if document.select(&css("[style], style, script:not([src])")).next().is_some() {
        defects.push("an inline style or script, which the policy of content refuses".to_owned());
    }
    for element in document.select(&css("*")) {
        if let Some((name, _)) = element.value().attrs().find(|(name, _)| name.starts_with("on")) {
            defects.push(format!("an inline handler: {name}"));
        }
    }
    let has = |css_selector: &str| document.select(&css(css_selector)).next().is_some();
    let signed_for = has("input[name=acting_for]");
    let acts_for = has(".account__role") && has("form[action=\"/organisation-switch\"]");
    for form in document.select(&css("form[method=post]")) {
        let own = form.attr("action").unwrap_or_default();
        // The first two are about the session itself; the last is done for nobody, by anyone.
        let unchecked = ["/organisation-switch", "/logout", "/attestation"].contains(&own);
        if acts_for && !unchecked && !signed_for {
            defects.push(format!("the form {own} does not say for which organisation it is made (D5)"));
        }
    }
    defects
}

fn is_labelled(labels: &BTreeSet<&str>, control: ElementRef<'_>) -> bool {
    let named = ["aria-label", "aria-labelledby", "title"].iter().any(|name| control.attr(name).is_some());
    let by_id = control.attr("id").is_some_and(|id| labels.contains(id));
    let inside =
        control.ancestors().filter_map(ElementRef::wrap).any(|parent| parent.value().name() == "label");
    named || by_id || inside
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
