//! An administrator whose role was taken away, with their pages still open (MEM-6, CMP-19, D3): each form is refused, and nothing happens.

use iae_tests::{Persona, TestApp, world};

use super::invitations::invite;
use super::members::{make_admin, membership, standing};

#[tokio::test]
async fn what_an_administrator_had_open_is_refused_once_they_are_one_no_more() {
    let app = TestApp::new().await;
    app.ignore_mails();
    // Sent by a colleague: an administrator alone takes it back.
    invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    let colleague = membership(&app, Persona::Employer, world::ACI).await;
    let admin = app.browser(Persona::EmployerAdmin).await;
    let members = admin.get("/members").await.is(200);
    let revocation = members.click("Annuler").await.is(200);
    let role = admin.get(&format!("/members/{colleague}/role")).await.is(200);
    let departure = admin.get(&format!("/members/{colleague}/departure")).await.is(200);
    let antenna = admin.get("/organisation/antennas/new").await.is(200).form("#antenna");
    let open = [
        revocation.form("revocation"),
        role.form("role").press("Nommer administrateur"),
        departure.form("departure"),
        antenna.fill("siret", "38012345600029"),
    ];
    make_admin(&app, Persona::EmployerAdmin, world::ACI, false).await;
    let before = app.audit_trail().await;
    for form in open {
        let refused = form.submit().await;
        assert_eq!(refused.status.as_u16(), 403, "{}: {refused:?}", form.action());
    }
    assert_eq!(app.audit_trail().await, before);
    assert_eq!(standing(&app, Persona::Employer, world::ACI).await, (true, false), "still a plain member");
    let waiting: i64 = sqlx::query_scalar("SELECT count(*) FROM invitations WHERE revoked_at IS NULL")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(waiting, 1);
}
