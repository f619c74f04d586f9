//! What a browser shows.

use axum::http::response::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use scraper::Html;
use url::Url;

use super::{Browser, Form};
use crate::html::{plain, selector, text_of, texts};
use crate::statements::Asked;

/// An answer of the platform, read as people read it: spaces of French typography come back as plain ones.
#[derive(Clone)]
pub struct Page {
    pub(super) browser: Browser,
    /// Its address.
    pub url: Url,
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// What was sent, byte for byte.
    pub bytes: Vec<u8>,
    /// The page itself; empty for a file.
    pub html: String,
    /// The SQL statements the answer took.
    pub statements: Vec<String>,
    /// How Postgres went about each, as JSON, on a platform that has it said ([`crate::TestApp::grown`]).
    pub plans: Vec<String>,
}

impl Page {
    pub(super) fn new(browser: Browser, url: Url, parts: Parts, bytes: Vec<u8>, asked: Asked) -> Self {
        let html = String::from_utf8(bytes.clone()).unwrap_or_default();
        let Asked { statements, plans } = asked;
        Self { browser, url, status: parts.status, headers: parts.headers, bytes, html, statements, plans }
    }

    /// The page, if its status is this one.
    #[track_caller]
    #[expect(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "asserting a status is use enough"
    )]
    pub fn is(self, status: u16) -> Self {
        assert!(
            self.status.as_u16() == status,
            "{} answered {} instead of {status}{}: {:.600}",
            self.url,
            self.status,
            self.location().map(|to| format!(" (to {to})")).unwrap_or_default(),
            self.text(),
        );
        self
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.text_of("body").unwrap_or_default()
    }

    /// The text of the first element a CSS selector finds.
    pub fn text_of(&self, css: &str) -> Option<String> {
        self.document().select(&selector(css)).next().map(text_of)
    }

    /// The texts of every element a CSS selector finds.
    pub fn all(&self, css: &str) -> Vec<String> {
        texts(&self.document(), css)
    }

    /// An attribute of the first element a CSS selector finds.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.document()
            .select(&selector(css))
            .next()
            .and_then(|found| found.attr(name))
            .map(ToOwned::to_owned)
    }

    /// Whether the text says this.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(&plain(words))
    }

    /// The title, without the name of the platform.
    pub fn title(&self) -> String {
        let title = self.text_of("title").unwrap_or_default();
        title.strip_suffix(" – Parcours IAE").map(ToOwned::to_owned).unwrap_or(title)
    }

    /// The main heading.
    pub fn h1(&self) -> String {
        self.text_of("h1").unwrap_or_default()
    }

    /// Title of the message about the action just done.
    pub fn flash(&self) -> Option<String> {
        self.text_of(".flash .fr-alert__title")
    }

    /// The mistakes listed on top of the form.
    pub fn errors(&self) -> Vec<String> {
        self.all(".error-summary li")
    }

    /// The mistake beside a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.text_of(&format!("[id=\"{field}-error\"]"))
    }

    /// The value a field shows.
    pub fn value(&self, field: &str) -> Option<String> {
        Form::all(self).iter().find_map(|form| form.value(field))
    }

    /// Where every link leads, in order.
    pub fn links(&self) -> Vec<String> {
        let (document, link) = (self.document(), selector("a[href]"));
        document.select(&link).filter_map(|link| link.attr("href")).map(ToOwned::to_owned).collect()
    }

    /// Where the link with these words leads.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let document = self.document();
        let link = document.select(&selector("a[href]")).find(|link| text_of(*link).contains(&plain(words)));
        let href = link.and_then(|link| link.attr("href"));
        href.unwrap_or_else(|| panic!("no link « {words} » on {}: {:.600}", self.url, self.text())).to_owned()
    }

    /// Follows the link with these words.
    #[track_caller]
    pub fn click(&self, words: &str) -> impl Future<Output = Self> + use<> {
        let (browser, to) = (self.browser.clone(), self.url.join(&self.link(words)).unwrap());
        async move { browser.get(to.as_str()).await }
    }

    /// The form with this action, or that a CSS selector finds.
    #[track_caller]
    pub fn form(&self, wanted: &str) -> Form {
        let forms = Form::all(self);
        let found = forms.iter().find(|form| form.is_at(wanted)).cloned();
        let found = found.or_else(|| if wanted.starts_with('/') { None } else { Form::find(self, wanted) });
        let actions = || forms.iter().map(|form| form.action().to_string()).collect::<Vec<_>>().join(", ");
        found.unwrap_or_else(|| {
            panic!("no form {wanted:?} on {} ({}); forms: {}", self.url, self.status, actions())
        })
    }

    /// Every form.
    pub fn forms(&self) -> Vec<Form> {
        Form::all(self)
    }

    /// Whether there is a form with this action.
    pub fn has_form(&self, action: &str) -> bool {
        Form::all(self).iter().any(|form| form.is_at(action))
    }

    /// Where a redirection leads.
    pub fn location(&self) -> Option<String> {
        Some(self.headers.get(header::LOCATION)?.to_str().ok()?.to_owned())
    }

    /// Follows redirections until a page.
    #[track_caller]
    pub fn follow(self) -> impl Future<Output = Self> {
        assert!(
            self.location().is_some(),
            "{} answered {} and leads nowhere: {:.600}",
            self.url,
            self.status,
            self.text()
        );
        async move {
            let mut page = self;
            while let Some(to) = page.location() {
                let to = page.url.join(&to).unwrap();
                page = page.browser.get(to.as_str()).await;
            }
            page
        }
    }

    /// Follows one redirection.
    #[track_caller]
    pub fn follow_once(self) -> impl Future<Output = Self> {
        let to =
            self.location().unwrap_or_else(|| panic!("{} leads nowhere: {:.600}", self.url, self.text()));
        async move { self.browser.get(self.url.join(&to).unwrap().as_str()).await }
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {:.600}", self.status, self.url, self.text())
    }
}
