//! What people do by themselves with their account: opening it, recovering it, changing it (01 §11.3).

mod change_email;
mod change_password;
mod limits;
mod notices;
mod own_account;
mod register;
mod required;
mod reset_password;
mod sessions;

use iae_connect::Config;
use iae_connect::emails::Mail;
use iae_mail::Mailer;
use iae_test_database::{Database, migrated};
use iae_test_mail_server::{MailServer, Taken};
use reqwest::{Response, StatusCode};
use url::Url;

use crate::support::{Browser, Page, Provider};

/// A password that the policy takes.
const GOOD: &str = "Trois chats, une gare";
/// Another.
const BETTER: &str = "Quatre vélos, un phare";

/// A provider, and the mails it sends.
struct Mailed {
    provider: Provider,
    server: MailServer,
    _database: Database,
}

impl Mailed {
    async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    async fn start_with(configure: impl FnOnce(&mut Config)) -> Self {
        let (db, database) = migrated(&iae_connect::MIGRATOR).await;
        let server = MailServer::start().await;
        let provider = Provider::start_with(db, "", |config| {
            let mailer =
                Mailer::smtp(&server.url(), "Inclusion Connect <ne-pas-repondre@exemple.fr>").unwrap();
            config.mail = Some(Mail { mailer, support_email: "equipe@exemple.fr".to_owned() });
            configure(config);
        })
        .await;
        Self { provider, server, _database: database }
    }

    fn url(&self, path: &str) -> String {
        self.provider.url(path)
    }

    /// The last mail to an address, once that many were sent in all.
    async fn last_to(&self, email: &str, sent: usize) -> Taken {
        let mails = self.server.wait_for(sent).await;
        assert_eq!(mails.len(), sent, "mails sent in all");
        mails
            .into_iter()
            .rfind(|mail| mail.recipients == [email])
            .unwrap_or_else(|| panic!("nothing to {email}"))
    }

    /// The last link sent to an address, once that many mails were sent in all.
    async fn link_to(&self, email: &str, sent: usize) -> String {
        let mails = self.server.wait_for(sent).await;
        assert_eq!(mails.len(), sent, "mails sent in all");
        let links: Vec<String> =
            mails.iter().filter(|mail| mail.recipients == [email]).filter_map(link).collect();
        links.last().unwrap_or_else(|| panic!("no link to {email}")).clone()
    }

    /// Camille has an application that gives codes.
    async fn add_application(&self) {
        sqlx::query(
            "insert into connect.totp_devices (id, account_id, name, sealed, last_step, created_at, last_used_at)
             values (gen_random_uuid(), $1, 'Téléphone', '', 0, '2026-09-01T07:00:00Z', '2026-09-01T07:00:00Z')",
        )
        .bind(self.provider.camille)
        .execute(&self.provider.db)
        .await
        .unwrap();
    }

    async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.provider.db).await.unwrap()
    }
}

/// The link that a mail carries, if it carries one.
fn link(mail: &Taken) -> Option<String> {
    let text = mail.text();
    text.split_whitespace().find(|word| word.contains("?link=")).map(str::to_owned)
}

/// Fills the form that a page shows, and sends it where the page says.
async fn submit(browser: &Browser, url: &str, fields: &[(&str, &str)]) -> Response {
    let page = Page::read(browser.get(url).await).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    for (name, _) in fields {
        assert!(page.has(&format!("main form [name={name}]")), "{name} is not in {}", page.html);
    }
    let action = Url::parse(url).unwrap().join(&page.attribute("main form", "action")).unwrap();
    browser.post(action.as_str(), fields).await
}

/// Where an answer leads, whole.
fn leads_to(mailed: &Mailed, response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let location = crate::support::location(response);
    Url::parse(&mailed.provider.issuer).unwrap().join(&location).unwrap().into()
}

/// What machines do that read mails before people: they open every link, more than once.
async fn scan(url: &str) {
    for _ in 0..3 {
        let response = Browser::new().get(url).await;
        assert!(response.status().is_success(), "{}", response.status());
        assert!(response.headers().get("set-cookie").is_none());
    }
}
