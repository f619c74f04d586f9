//! Forms and addresses, as pages read them.

use axum::body::Bytes;
use chrono::{DateTime, NaiveDate};
use iae_domain::ids::CandidateId;
use iae_domain::text::typed;
use iae_web::application_drafts::candidate::CandidateForm;
use iae_web::application_drafts::completion::CompletionForm;
use iae_web::application_drafts::employers::EmployersForm;
use iae_web::application_drafts::new::StartForm;
use iae_web::application_drafts::submission::SubmissionForm;
use iae_web::applications::acceptance::AcceptanceForm;
use iae_web::applications::pass_delivery::PassDeliveryForm;
use iae_web::applications::postponement::PostponementForm;
use iae_web::applications::refusal::RefusalForm;
use iae_web::candidates::confirmation::ConfirmationForm;
use iae_web::candidates::lookup::LookupForm;
use iae_web::candidates::lookup_email::LookupEmailForm;
use iae_web::candidates::new::NewForm;
use iae_web::candidates::nir_correction::NirCorrectionForm;
use iae_web::directory::SearchQuery;
use iae_web::eligibility::DiagnosisForm;
use iae_web::error::PageError;
use iae_web::forms::{FieldErrors, parse, read_encoded};
use iae_web::kept_form::filled;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::{lists, text, today};

/// A page whose form has a field of each sort.
const PAGE: &str = r#"<form method="post" action="/here"><input name="first_name"><input type="checkbox" name="step" value="x">
<textarea name="answer">
</textarea><select name="title"><option value="M" selected>M.</option></select></form>"#;

/// What was sent is read, or refused as no form of ours; nothing else.
pub fn form(bytes: &[u8]) {
    address(&text(bytes));
    let read = match read_encoded(Bytes::copy_from_slice(bytes)) {
        Ok(read) => read,
        Err(error) => return assert!(matches!(error, PageError::Unstorable), "{error:?}"),
    };
    assert_eq!(read_encoded(read.clone()).unwrap(), read, "what was read is read alike again");
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&read).into_owned().collect();
    assert!(pairs.iter().all(|(_, value)| typed(value) == *value && !value.contains('\0')), "{pairs:?}");
    given_back(&pairs);
    handlers(&read);
}

/// Every form that is judged without a database is, the others are read.
fn handlers(read: &Bytes) {
    let born = NaiveDate::from_ymd_opt(1990, 3, 1);
    judged(read, |form: NewForm| form.parse(today()).map(drop));
    judged(read, |form: DiagnosisForm| form.parse(born, today()).map(drop));
    judged(read, |form: PostponementForm| form.parse(today()).map(drop));
    judged(read, |form: PassDeliveryForm| form.parse().map(drop));
    // One whose id is no id is answered by another page: nobody types it.
    let ask = |form: NirCorrectionForm| form.parse(CandidateId::at(DateTime::UNIX_EPOCH)).map(drop).ok();
    parsed(read).and_then(ask);
    parsed::<AcceptanceForm>(read);
    parsed::<CandidateForm>(read);
    parsed::<CompletionForm>(read);
    parsed::<ConfirmationForm>(read);
    parsed::<EmployersForm>(read);
    parsed::<LookupEmailForm>(read);
    parsed::<LookupForm>(read);
    parsed::<RefusalForm>(read);
    parsed::<StartForm>(read);
    parsed::<SubmissionForm>(read);
}

fn parsed<T: DeserializeOwned>(read: &Bytes) -> Option<T> {
    parse(read).map_err(|error| assert!(matches!(error, PageError::Malformed), "{error:?}")).ok()
}

/// A form means something, or each of its mistakes is said.
fn judged<T: DeserializeOwned>(read: &Bytes, judge: impl Fn(T) -> Result<(), FieldErrors>) {
    if let Some(Err(errors)) = parsed(read).map(judge) {
        assert!(!errors.is_empty() && errors.all().iter().all(|(_, message)| !message.trim().is_empty()));
    }
}

/// What was typed comes back in the page as text, never as markup, and once.
fn given_back(pairs: &[(String, String)]) {
    let again = |page: &str| filled(page, "/here", "/here", pairs).expect("the form is there");
    let page = again(PAGE);
    let tags = |page: &str| page.matches(['<', '>']).count();
    assert_eq!(tags(&page), tags(PAGE), "{page}");
    assert_eq!(page.matches('"').count() % 2, 0, "{page}");
    assert_eq!(again(&page), page);
}

/// What an address asks of a search or of a list is written as it was understood.
fn address(raw: &str) {
    let href = SearchQuery::read(raw).href("/jobs");
    let again = href.split_once('?').map_or("", |(_, raw)| raw);
    assert_eq!(SearchQuery::read(again).href("/jobs"), href);
    lists::holds(raw);
}
