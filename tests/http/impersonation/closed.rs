//! What nobody does in somebody else's place, route by route (AUT-31).

use iae_tests::{Persona, TestApp, world};
use iae_web::routes::{self, Route};

use super::{ends, seen_as};

/// What is closed, typed by hand: each with all that stands under it.
const CLOSED: &[&str] = &[
    "/account-letters",
    "/admin",
    "/announcements/{id}/dismissal",
    "/forgotten-password",
    "/invitations/{id}/acceptance",
    "/login",
    "/my-account",
    "/sign-up",
    "/terms/acceptance",
    "/welcome",
];

/// What ends the session or the impersonation: their own tests follow them.
const ENDS: &[&str] = &["/logout", "/impersonation/end"];

fn is_closed(route: &Route) -> bool {
    CLOSED.iter().any(|root| {
        route.path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// The address of a route, on things nobody has.
fn address(route: &Route) -> String {
    let part = |part: &'static str| match part {
        "{provider}" => "ic",
        "{version}" => "2026-01-05",
        part if part.starts_with('{') => "01900000-0000-7000-8000-000000000000",
        part => part,
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn what_is_the_person_s_own_is_closed_and_nothing_else() {
    for persona in [Persona::Candidate, Persona::EmployerAdmin, Persona::Inspector] {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let browser = seen_as(&app, persona).await;
        let mut closed = 0;
        for route in routes::list().iter().filter(|route| !ENDS.contains(&route.path)) {
            let address = address(route);
            let page = match route.method {
                "GET" => browser.get(&address).await,
                _ => browser.post(&address, &[]).await,
            };
            let is_refused = page.says("Cela ne se fait pas à la place de quelqu’un");
            assert_eq!(is_refused, is_closed(route), "{persona:?} {route:?}: {page:?}");
            if is_refused {
                let page = page.is(403);
                assert!(page.has_form("/impersonation/end"), "a way out: {page:?}");
                closed += 1;
            }
        }
        assert!(closed > 20, "{closed}");
        assert_eq!(ends(&app).await, [None], "nothing ended it");
    }
}

/// The address of a file is the one its person signs in with: whoever helps changes neither that of the person, nor that of somebody
/// the person follows. The rest of the file is work as any other.
#[tokio::test]
async fn an_address_that_signs_in_is_not_changed_from_a_file() {
    for persona in [Persona::Candidate, Persona::Prescriber] {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let browser = seen_as(&app, persona).await;
        let page = browser.get(&format!("/candidates/{}/update", world::CANDIDATE)).await.is(200);
        let form = page.form("update");
        assert!(!form.names().contains(&"email"), "{persona:?}");
        assert!(page.says("ne se change pas à la place de quelqu’un"), "{}", page.text());
        let form = form.fill("education_level", "51").fill("title", "MME").fill("phone", "07 00 00 00 01");
        let recap = form.forge("email", "equipe@exemple.fr").submit().await.is(200);
        recap.form("update").forge("email", "equipe@exemple.fr").press("save").submit().await.is(303);
        let kept: (Option<String>, Option<String>) =
            sqlx::query_as("SELECT email, phone FROM users WHERE id = $1")
                .bind(world::CANDIDATE)
                .fetch_one(app.db())
                .await
                .unwrap();
        assert_eq!(kept, (Some(Persona::Candidate.email().to_owned()), Some("0700000001".to_owned())));
    }
}

/// No page leads to what is closed: the menu of the account does without it.
#[tokio::test]
async fn the_menu_leads_to_nothing_that_is_closed() {
    let app = TestApp::new().await;
    let browser = seen_as(&app, Persona::EmployerAdmin).await;
    let page = browser.get("/dashboard").await.is(200);
    for link in page.links() {
        for closed in ["/my-account", "/sign-up", "/invitations"] {
            assert!(!link.starts_with(closed), "{link}");
        }
    }
}
