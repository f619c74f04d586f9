//! What each group of the team reads (STF-1, ADR 41): typed by hand, and walked through the router. 403 where a page is for others, 404
//! where a thing does not exist for who asks; and no page offers a link that refuses its reader.

use std::collections::BTreeMap;
use std::sync::Arc;

use iae_domain::staff::StaffGroup;
use iae_tests::{BASE_URL, Browser, Persona, TestApp, world};
use iae_web::routes;

use crate::crawl::is_followed;
use crate::side_by_side::{World, side_by_side};
use crate::things::shape;

/// A member of the team: how the table calls them, whether they hold every right, their groups.
type Reader = (&'static str, bool, &'static [StaffGroup]);

/// The columns of the table.
const READERS: [Reader; 8] = [
    ("superuser", true, &[]),
    ("admin", false, &[StaffGroup::Admin]),
    ("admin, reads", false, &[StaffGroup::AdminReadonly]),
    ("pilotage", false, &[StaffGroup::Pilotage]),
    ("pilotage, reads", false, &[StaffGroup::PilotageReadonly]),
    ("controls", false, &[StaffGroup::Controls]),
    ("passwords", false, &[StaffGroup::DisablePasswords]),
    ("no group", false, &[]),
];

const PAGES: [(&str, [u16; 8]); 34] = [
    ("/dashboard", [200, 200, 200, 200, 200, 200, 200, 200]),
    // Applications and their PASS.
    ("/applications", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/applications/{id}", [200, 200, 200, 200, 200, 404, 404, 404]),
    ("/pass/{id}", [200, 200, 200, 200, 200, 404, 404, 404]),
    ("/pass/{id}/certificate", [200, 200, 200, 200, 200, 404, 404, 404]),
    // Campaigns of control.
    ("/control-campaigns", [200, 200, 200, 403, 403, 200, 403, 403]),
    ("/control-campaigns/{id}", [200, 200, 200, 403, 403, 200, 403, 403]),
    ("/control-campaigns/{id}/calendar", [200, 200, 200, 404, 404, 200, 404, 404]),
    ("/control-campaigns/{id}/draw", [200, 200, 200, 404, 404, 200, 404, 404]),
    ("/control-campaigns/new", [200, 200, 403, 403, 403, 200, 403, 403]),
    // Organisations, their invitations, their habilitations.
    ("/admin/organisations", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/admin/organisations/{id}", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/admin/organisations/new", [200, 200, 403, 403, 403, 403, 403, 403]),
    ("/admin/invitations", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/admin/invitations/{id}", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/admin/authorisations", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/admin/authorisations/{id}", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/habilitations", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/habilitations/{id}", [200, 200, 200, 200, 200, 403, 403, 403]),
    ("/habilitation-pieces/{id}", [200, 200, 200, 200, 200, 404, 404, 404]),
    ("/habilitations/new", [200, 200, 403, 403, 403, 403, 403, 403]),
    // Accounts.
    ("/admin/users", [200, 200, 200, 200, 200, 403, 200, 403]),
    ("/admin/users/{id}", [200, 200, 200, 200, 200, 403, 200, 403]),
    ("/admin/users/{id}/impersonation", [200, 200, 403, 200, 403, 403, 403, 403]),
    ("/admin/users/passwords", [200, 200, 403, 403, 403, 403, 200, 403]),
    ("/admin/nir-corrections", [200, 200, 403, 403, 403, 403, 403, 403]),
    ("/admin/nir-corrections/{id}", [200, 200, 403, 403, 403, 403, 403, 403]),
    // How the platform works, and all that was done.
    ("/admin/emails", [200, 200, 200, 403, 403, 403, 403, 403]),
    ("/admin/emails/{id}", [200, 200, 200, 403, 403, 403, 403, 403]),
    ("/admin/imports", [200, 200, 200, 403, 403, 403, 403, 403]),
    ("/admin/imports/{id}", [200, 200, 200, 403, 403, 403, 403, 403]),
    ("/admin/jobs", [200, 200, 200, 403, 403, 403, 403, 403]),
    ("/admin/audit", [200, 200, 200, 403, 403, 403, 403, 403]),
    ("/admin/announcements", [200, 200, 403, 403, 403, 403, 403, 403]),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_group_reads_what_the_table_says_and_no_link_refuses_its_reader() {
    let columns = side_by_side(READERS, column).await;
    let mut wrong = Vec::new();
    for (rank, ((name, ..), (statuses, refused))) in READERS.iter().zip(columns).enumerate() {
        for ((page, expected), status) in PAGES.iter().zip(statuses) {
            if status != expected[rank] {
                wrong.push(format!("{name}, {page}: {status}, and not {}", expected[rank]));
            }
        }
        wrong.extend(refused.iter().map(|link| format!("{name}: {link}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A page of the team that asks for no right would be open to who is in no group.
#[tokio::test]
async fn who_is_in_no_group_reads_no_page_of_the_team() {
    let world = World::new().await;
    let app = world.copy().await;
    let staff = member(&app, false, &[]).await;
    let mut open = Vec::new();
    for route in routes::list() {
        let is_of_team = route.method == "GET" && route.path.starts_with("/admin/");
        let Some(address) = world.things.address(route.path).filter(|_| is_of_team) else { continue };
        let status = staff.get(&address).await.status;
        if status != 403 {
            open.push(format!("{}: {status}", route.path));
        }
    }
    assert!(open.is_empty(), "ask for a right, staff::ensure (STF-1, ADR 41): {open:#?}");
}

/// Who reads mails sends none again.
#[tokio::test]
async fn a_mail_is_sent_again_by_who_may_send_mails() {
    let world = World::new().await;
    let address = world.things.address("/admin/emails/{id}/sending").unwrap();
    for (group, status) in [
        (StaffGroup::Admin, 303),
        (StaffGroup::AdminReadonly, 403),
        (StaffGroup::Pilotage, 403),
        (StaffGroup::Controls, 403),
    ] {
        let app = world.copy().await;
        let staff = member(&app, false, &[group]).await;
        staff.post(&address, &[]).await.is(status);
    }
}

/// The member of the team, with these groups and nothing else.
async fn member(app: &TestApp, is_superuser: bool, groups: &[StaffGroup]) -> Browser {
    sqlx::query("UPDATE users SET is_superuser = $2 WHERE id = $1")
        .bind(world::STAFF)
        .bind(is_superuser)
        .execute(app.db())
        .await
        .unwrap();
    for group in groups {
        sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, $2, $3)")
            .bind(world::STAFF)
            .bind(group.code())
            .bind(app.now())
            .execute(app.db())
            .await
            .unwrap();
    }
    app.browser(Persona::Staff).await
}

/// What each page of the table answers to one of them, and the links of these pages that refuse them.
async fn column(world: Arc<World>, (_, is_superuser, groups): Reader) -> (Vec<u16>, Vec<String>) {
    let app = world.copy().await;
    let staff = member(&app, is_superuser, groups).await;
    let mut statuses = Vec::new();
    let mut links = BTreeMap::new();
    for (path, _) in PAGES {
        let page = staff.get(&world.things.address(path).unwrap()).await;
        statuses.push(page.status.as_u16());
        for href in page.links() {
            let href = href.strip_prefix(BASE_URL).map(ToOwned::to_owned).unwrap_or(href);
            // An export is its list, which is in the table.
            if is_followed(&href) && !href.contains("format=") {
                let bare = href.split(['?', '#']).next().unwrap_or_default();
                links.entry(shape(bare)).or_insert((href, path));
            }
        }
    }
    let mut refused = Vec::new();
    for (href, from) in links.into_values() {
        let status = staff.get(&href).await.status;
        if status == 403 || status == 404 {
            refused.push(format!("{from} leads to {href}: {status}"));
        }
    }
    (statuses, refused)
}
