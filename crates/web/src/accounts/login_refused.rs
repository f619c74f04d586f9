//! Nobody is signed in, and why. The session that the provider opened all the same is closed, so that another account can be
//! chosen there; the browser then comes back to the page it came from, which says it again (OID-20, OID-25, INV-11).

use askama::Template;
use iae_app::Ctx;
use iae_app::accounts::{LeftOpen, NotSignedIn, OpenThere, Unusable, close_there};
use iae_app::gateways::oidc::EndSession;
use iae_domain::accounts::{LoginRefused, Provider};
use tower_sessions::Session;

use super::login::LoginQuery;
use super::{local_path, messages};
use crate::error::{PageResult, forbidden};
use crate::layout::Layout;
use crate::session::{self, Refusal};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "accounts/login_refused.html")]
pub struct LoginRefusedPage {
    layout: Layout,
    title: &'static str,
    message: &'static str,
    /// The addresses it is about, in words.
    addresses: Option<String>,
    /// The page that expected another address, where one begins again (OID-20).
    back: Option<String>,
    /// What closes the session of the provider.
    leave: Option<Leave>,
}

/// A form that closes the session of a provider.
struct Leave {
    provider: Provider,
    method: &'static str,
    url: String,
    fields: Vec<(String, String)>,
}

impl Leave {
    fn new(provider: Provider, end: EndSession) -> Self {
        match end {
            EndSession::Form { provider, url, fields } => {
                let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                Self { provider, method: "post", url: url.into(), fields }
            }
            EndSession::Address(mut url) => {
                let fields = url.query_pairs().into_owned().collect();
                url.set_query(None);
                Self { provider, method: "get", url: url.into(), fields }
            }
        }
    }
}

/// A login that signs nobody in, while the provider has a session open.
pub(super) struct Refused<'a> {
    there: &'a OpenThere,
    words: (&'static str, &'static str),
    addresses: Option<String>,
    /// Where it was to lead.
    return_to: &'a str,
    /// Whether that page began it, for an address it expected.
    is_back_there: bool,
}

impl<'a> Refused<'a> {
    pub(super) fn unusable(unusable: &'a Unusable) -> Self {
        let Unusable { error, there, return_to } = unusable;
        let words = messages::answer(*error);
        Self { there, words, addresses: None, return_to, is_back_there: false }
    }

    pub(super) fn not_signed_in(not_signed_in: &'a NotSignedIn) -> Self {
        let NotSignedIn { reason, return_to, there, .. } = not_signed_in;
        let is_back_there = *reason == LoginRefused::OtherEmail;
        let (words, addresses) = (messages::refused(*reason), addresses(not_signed_in));
        Self { there, words, addresses, return_to, is_back_there }
    }

    /// Says it, and closes the session there: at once by a script, else by a button.
    pub(super) async fn page(
        self,
        state: &WebState,
        ctx: &Ctx<()>,
        session: &Session,
        layout: Layout,
    ) -> PageResult {
        let (title, message) = self.words;
        let return_to = local_path(self.return_to);
        let back = self.is_back_there.then(|| return_to.to_owned());
        let mut leave = None;
        if let Some(LeftOpen { end, state: expected }) = close_there(state, ctx.now, self.there).await {
            let again = [Some(message), self.addresses.as_deref()].into_iter().flatten().collect::<Vec<_>>();
            let refusal = Refusal {
                state: expected,
                title: title.to_owned(),
                message: again.join(" "),
                back: back.clone().unwrap_or_else(|| LoginQuery::choosing(return_to)),
            };
            session::expect_refused(session, &refusal).await?;
            leave = Some(Leave::new(self.there.provider, end));
        }
        forbidden(&LoginRefusedPage { layout, title, message, addresses: self.addresses, back, leave })
    }
}

/// The addresses a refusal is about: of another account, it is shown redacted (OID-18). Or the account that is closed (USR-19).
fn addresses(not_signed_in: &NotSignedIn) -> Option<String> {
    let NotSignedIn { reason, given, expected, closed, .. } = not_signed_in;
    match reason {
        LoginRefused::OtherEmail => {
            let expected = expected.as_ref()?;
            Some(format!(
                "Adresse attendue\u{a0}: {expected}. Adresse de votre service de connexion\u{a0}: {given}."
            ))
        }
        LoginRefused::EmailInUse => Some(format!("Adresse de ce compte\u{a0}: {}.", given.redacted())),
        LoginRefused::Inactive => closed.map(|closed| format!("Référence de ce compte\u{a0}: {closed}.")),
        LoginRefused::UnknownAccount | LoginRefused::WrongKind | LoginRefused::UnverifiedEmail => None,
    }
}

/// The same page, where nothing is known to be open at the provider.
pub(super) fn refused(layout: Layout, (title, message): (&'static str, &'static str)) -> PageResult {
    forbidden(&LoginRefusedPage { layout, title, message, addresses: None, back: None, leave: None })
}
