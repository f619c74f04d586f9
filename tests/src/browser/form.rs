//! A form as the page has it: every field with the value it shows, hidden ones included. What the page does not have
//! cannot be filled, so a renamed field fails the test.

use axum::body::Body;
use axum::http::{Method, Request, header};
use scraper::{ElementRef, Html};
use url::Url;

use super::{Browser, Page};
use crate::html::{selector, text_of};

/// A form of a page, filled step by step.
#[derive(Clone)]
pub struct Form {
    browser: Browser,
    page: Url,
    action: Url,
    method: Method,
    multipart: bool,
    fields: Vec<Field>,
    buttons: Vec<Button>,
    pressed: Option<(String, String)>,
}

/// One control.
#[derive(Debug, Clone)]
struct Field {
    name: String,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Something typed, or hidden.
    Text { value: String, is_date: bool },
    /// A box or a radio button.
    Box { value: String, checked: bool, radio: bool },
    /// A list to choose from.
    Choice { options: Vec<String>, chosen: Vec<String> },
    /// A file.
    File { content: Option<(String, String, Vec<u8>)> },
}

#[derive(Debug, Clone)]
struct Button {
    words: String,
    name: Option<String>,
    value: String,
}

impl Form {
    /// Every form of a page.
    pub(super) fn all(page: &Page) -> Vec<Self> {
        let document = Html::parse_document(&page.html);
        document.select(&selector("form")).map(|form| Self::read(page, &document, form)).collect()
    }

    /// The first form a CSS selector finds: the form itself, or something in it.
    pub(super) fn find(page: &Page, css: &str) -> Option<Self> {
        let document = Html::parse_document(&page.html);
        let found = document.select(&selector(css)).next()?;
        let is_form = |element: &ElementRef<'_>| element.value().name() == "form";
        let form = if is_form(&found) {
            found
        } else {
            found.ancestors().filter_map(ElementRef::wrap).find(is_form)?
        };
        Some(Self::read(page, &document, form))
    }

    fn read(page: &Page, document: &Html, form: ElementRef<'_>) -> Self {
        let action = page.url.join(form.attr("action").unwrap_or_default()).unwrap();
        let method = form.attr("method").unwrap_or("get").to_uppercase();
        let controls = selector("input, select, textarea, button");
        let inside = form.select(&controls);
        let id = form.attr("id").unwrap_or("\u{0}");
        let outside = document.select(&controls).filter(|e| e.attr("form") == Some(id));
        let controls: Vec<ElementRef<'_>> =
            inside.chain(outside).filter(|control| control.attr("disabled").is_none()).collect();
        Self {
            browser: page.browser.clone(),
            page: page.url.clone(),
            action,
            method: method.parse().unwrap(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields: controls.iter().filter_map(|control| Field::read(*control)).collect(),
            buttons: controls.iter().filter_map(|control| Button::read(*control)).collect(),
            pressed: None,
        }
    }

    /// Where it is sent.
    pub fn action(&self) -> &Url {
        &self.action
    }

    /// How it is sent.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Whether its address is this path, or ends with this word.
    pub(super) fn is_at(&self, wanted: &str) -> bool {
        let path = self.action.path();
        if wanted.starts_with('/') {
            path == wanted || self.action.as_str() == wanted
        } else {
            path.rsplit('/').next() == Some(wanted)
        }
    }

    /// The names of its fields.
    pub fn names(&self) -> Vec<&str> {
        self.fields.iter().map(|field| field.name.as_str()).collect()
    }

    /// The values offered under a name: of boxes, radio buttons or a list.
    pub fn offered(&self, name: &str) -> Vec<String> {
        let of = |field: &Field| match &field.kind {
            Kind::Box { value, .. } => vec![value.clone()],
            Kind::Choice { options, .. } => options.clone(),
            Kind::Text { .. } | Kind::File { .. } => vec![],
        };
        self.fields.iter().filter(|field| field.name == name).flat_map(of).collect()
    }

    /// Whether a field takes a file.
    pub fn takes_file(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name && matches!(field.kind, Kind::File { .. }))
    }

    /// Whether a field takes a date.
    pub fn is_date(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|field| field.name == name && matches!(field.kind, Kind::Text { is_date: true, .. }))
    }

    /// The value a field has.
    pub fn value(&self, name: &str) -> Option<String> {
        self.fields.iter().filter(|field| field.name == name).find_map(|field| match &field.kind {
            Kind::Text { value, .. } | Kind::Box { value, checked: true, .. } => Some(value.clone()),
            Kind::Choice { chosen, .. } => chosen.first().cloned(),
            Kind::Box { .. } | Kind::File { .. } => None,
        })
    }

    /// Types in a text field, chooses in a list or among radio buttons.
    #[track_caller]
    #[must_use]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let has_radios =
            self.fields.iter().any(|f| f.name == name && matches!(f.kind, Kind::Box { radio: true, .. }));
        if has_radios {
            return self.check(name, value);
        }
        let page = self.page.clone();
        let field = self.field(name);
        match &mut field.kind {
            Kind::Text { value: typed, .. } => value.clone_into(typed),
            Kind::Choice { options, chosen } => {
                assert!(
                    options.iter().any(|o| o == value),
                    "{name} of {page} offers {options:?}, not {value:?}"
                );
                *chosen = vec![value.to_owned()];
            }
            Kind::Box { .. } | Kind::File { .. } => {
                panic!("{name} of {page} is not typed in: use check or attach")
            }
        }
        self
    }

    /// Ticks the box, or the radio button, with this value.
    #[track_caller]
    #[must_use]
    pub fn check(self, name: &str, value: &str) -> Self {
        self.set(name, value, true)
    }

    /// Unticks the box with this value.
    #[track_caller]
    #[must_use]
    pub fn uncheck(self, name: &str, value: &str) -> Self {
        self.set(name, value, false)
    }

    #[track_caller]
    fn set(mut self, name: &str, wanted: &str, ticked: bool) -> Self {
        let offered = self.offered(name);
        assert!(
            offered.iter().any(|value| value == wanted),
            "{name} of {} offers {offered:?}, not {wanted:?}",
            self.page
        );
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            if let Kind::Box { value, checked, radio } = &mut field.kind {
                if value == wanted {
                    *checked = ticked;
                } else if *radio {
                    *checked = false;
                }
            }
        }
        self
    }

    /// Chooses a file.
    #[track_caller]
    #[must_use]
    pub fn attach(self, name: &str, file_name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.attach_as("application/octet-stream", name, file_name, bytes)
    }

    /// The same, for a browser that declares its type.
    #[track_caller]
    #[must_use]
    pub fn attach_as(
        mut self,
        content_type: &str,
        name: &str,
        file_name: &str,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        let page = self.page.clone();
        match &mut self.field(name).kind {
            Kind::File { content } => {
                *content = Some((file_name.to_owned(), content_type.to_owned(), bytes.into()));
            }
            Kind::Text { .. } | Kind::Box { .. } | Kind::Choice { .. } => {
                panic!("{name} of {page} takes no file")
            }
        }
        self
    }

    /// Chooses the button that sends the form, by its words or by its value.
    #[track_caller]
    #[must_use]
    pub fn press(mut self, wanted: &str) -> Self {
        let button =
            self.buttons.iter().find(|button| button.value == wanted || button.words.contains(wanted));
        let words = || self.buttons.iter().map(|button| button.words.as_str()).collect::<Vec<_>>().join(", ");
        let button =
            button.unwrap_or_else(|| panic!("no button {wanted:?} on {}, only {}", self.page, words()));
        self.pressed = button.name.clone().map(|name| (name, button.value.clone()));
        self
    }

    /// Chooses in a list, or ticks a box or a radio button.
    #[track_caller]
    #[must_use]
    pub fn fill_or_check(self, name: &str, value: &str) -> Self {
        let in_list = |field: &Field| field.name == name && matches!(field.kind, Kind::Choice { .. });
        if self.fields.iter().any(in_list) { self.fill(name, value) } else { self.check(name, value) }
    }

    /// Sends with its first button, as the key Enter does.
    #[must_use]
    pub fn press_first(mut self) -> Self {
        let first = self.buttons.first();
        self.pressed = first.and_then(|button| Some((button.name.clone()?, button.value.clone())));
        self
    }

    /// Adds a field the page does not have: what a mistaken or malicious program sends.
    #[must_use]
    pub fn forge(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|field| field.name != name);
        self.fields.push(Field {
            name: name.to_owned(),
            kind: Kind::Text { value: value.to_owned(), is_date: false },
        });
        self
    }

    /// Removes a field from what is sent.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|field| field.name != name);
        self
    }

    #[track_caller]
    fn field(&mut self, name: &str) -> &mut Field {
        let names = self.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
        let page = &self.page;
        let found = self.fields.iter_mut().find(|field| field.name == name);
        found.unwrap_or_else(|| panic!("no field {name:?} on {page}, only {names}"))
    }

    /// What is sent: the names and values of a browser.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let values = |field: &Field| match &field.kind {
            Kind::Text { value, .. } => vec![value.clone()],
            Kind::Box { value, checked, .. } => checked.then(|| value.clone()).into_iter().collect(),
            Kind::Choice { chosen, .. } => chosen.clone(),
            Kind::File { .. } => vec![],
        };
        let of = |field: &Field| {
            values(field).into_iter().map(|value| (field.name.clone(), value)).collect::<Vec<_>>()
        };
        self.fields.iter().flat_map(of).chain(self.pressed.clone()).collect()
    }

    /// Sends it.
    pub async fn submit(&self) -> Page {
        let browser = self.browser.clone();
        if self.method == Method::GET {
            let mut url = self.action.clone();
            url.set_query(Some(&serde_urlencoded::to_string(self.pairs()).unwrap()));
            return browser.get(url.as_str()).await;
        }
        let (kind, body) = if self.multipart {
            (format!("multipart/form-data; boundary={BOUNDARY}"), self.multipart())
        } else {
            let body = serde_urlencoded::to_string(self.pairs()).unwrap();
            ("application/x-www-form-urlencoded".to_owned(), body.into_bytes())
        };
        let request = Request::post(self.action.as_str())
            .header(header::CONTENT_TYPE, kind)
            .header(header::ORIGIN, self.page.origin().ascii_serialization())
            .header(header::REFERER, self.page.as_str())
            .body(Body::from(body))
            .unwrap();
        browser.send(request).await
    }

    fn multipart(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in self.pairs() {
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for field in &self.fields {
            let Kind::File { content } = &field.kind else { continue };
            let (file_name, content_type, bytes) = content.clone().unwrap_or_default();
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: {content_type}\r\n\r\n",
                field.name
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(&bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        body
    }
}

const BOUNDARY: &str = "----parcours-iae-tests";

impl Field {
    fn read(control: ElementRef<'_>) -> Option<Self> {
        let name = control.attr("name")?.to_owned();
        let kind = match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("button", _) | (_, "submit" | "button" | "image" | "reset") => return None,
            ("textarea", _) => {
                let text: String = control.text().collect();
                Kind::Text {
                    value: text.strip_prefix('\n').map(ToOwned::to_owned).unwrap_or(text),
                    is_date: false,
                }
            }
            ("select", _) => Self::choice(control),
            (_, kind @ ("checkbox" | "radio")) => Kind::Box {
                value: control.attr("value").unwrap_or("on").to_owned(),
                checked: control.attr("checked").is_some(),
                radio: kind == "radio",
            },
            (_, "file") => Kind::File { content: None },
            (_, kind) => {
                let value = control.attr("value").unwrap_or_default().to_owned();
                Kind::Text { value, is_date: kind == "date" }
            }
        };
        Some(Self { name, kind })
    }

    fn choice(control: ElementRef<'_>) -> Kind {
        let value =
            |option: ElementRef<'_>| option.attr("value").map_or_else(|| text_of(option), ToOwned::to_owned);
        let options: Vec<String> = control.select(&selector("option")).map(value).collect();
        let mut chosen: Vec<String> = control.select(&selector("option[selected]")).map(value).collect();
        if chosen.is_empty() && control.attr("multiple").is_none() {
            chosen.extend(options.first().cloned());
        }
        Kind::Choice { options, chosen }
    }
}

impl Button {
    fn read(control: ElementRef<'_>) -> Option<Self> {
        let is_button =
            control.value().name() == "button" && control.attr("type").unwrap_or("submit") == "submit";
        let is_input = control.value().name() == "input" && control.attr("type") == Some("submit");
        let value = control.attr("value").unwrap_or_default().to_owned();
        let words = if is_input { value.clone() } else { text_of(control) };
        (is_button || is_input).then(|| Self {
            words,
            name: control.attr("name").map(ToOwned::to_owned),
            value,
        })
    }
}
