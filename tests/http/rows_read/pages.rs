//! The pages people open all day, each by whoever has most to read there.

use iae_domain::exports::ListKind;
use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

use crate::control;

/// A page, and who opens it.
pub struct Visit {
    /// What it is called.
    pub name: String,
    /// Where it is, `{id}` standing for the thing.
    pattern: &'static str,
    /// Nobody for a visitor.
    pub who: Option<Persona>,
    /// Where it is.
    pub address: String,
}

/// Pages that name no thing.
const LISTS: &[(Option<Persona>, &str)] = &[
    (None, "/"),
    (None, "/employers?city=metz-57&distance=25"),
    (None, "/employers?q=structure+12&city=metz-57&distance=25"),
    (None, "/jobs?city=metz-57&distance=25"),
    (None, "/jobs?q=jardin&city=metz-57&distance=50"),
    (None, "/prescribers?city=metz-57&distance=25"),
    (None, "/prescribers/register"),
    (Some(Persona::Employer), "/dashboard"),
    (Some(Persona::Employer), "/applications"),
    (Some(Persona::Employer), "/applications?state=new&state=processing"),
    (Some(Persona::Employer), "/applications?sort=person"),
    (Some(Persona::Employer), "/sent-applications"),
    (Some(Persona::Employer), "/candidates"),
    (Some(Persona::Employer), "/pass"),
    (Some(Persona::Employer), "/members"),
    (Some(Persona::Prescriber), "/dashboard"),
    (Some(Persona::Prescriber), "/applications"),
    (Some(Persona::Prescriber), "/applications?sort=person"),
    (Some(Persona::Prescriber), "/candidates"),
    (Some(Persona::Prescriber), "/candidates?sort=person"),
    (Some(Persona::Prescriber), "/candidates?view=organisation"),
    (Some(Persona::Prescriber), "/candidates?view=organisation&sort=person"),
    (Some(Persona::Prescriber), "/prolongations"),
    (Some(Persona::Prescriber), "/prolongations?state=granted"),
    (Some(Persona::PrescriberAdmin), "/access-log"),
    (Some(Persona::Inspector), "/dashboard"),
    (Some(Persona::Inspector), "/habilitations"),
    (Some(Persona::Inspector), "/self-prescriptions"),
    (Some(Persona::Inspector), "/self-prescriptions?from=2026-01-01"),
    (Some(Persona::Inspector), "/self-prescriptions/companies"),
    (Some(Persona::Inspector), "/self-prescriptions/companies?from=2026-01-01"),
    (Some(Persona::Candidate), "/dashboard"),
    (Some(Persona::Staff), "/dashboard"),
    (Some(Persona::Staff), "/applications"),
    (Some(Persona::Staff), "/admin/audit"),
    (Some(Persona::Staff), "/admin/users"),
    (Some(Persona::Staff), "/admin/emails"),
    (Some(Persona::Staff), "/admin/organisations"),
    (Some(Persona::Staff), "/admin/invitations"),
    (Some(Persona::Staff), "/admin/authorisations"),
    (Some(Persona::Staff), "/admin/jobs"),
    (Some(Persona::Staff), "/control-campaigns"),
];

/// Where each list is: a new one is opened here too.
const fn address_of(list: ListKind) -> &'static str {
    match list {
        ListKind::Applications => "/applications",
        ListKind::ApplicationsSent => "/sent-applications",
        ListKind::Passes => "/pass",
        ListKind::Prolongations => "/prolongations",
        ListKind::Candidates => "/candidates",
        ListKind::SelfPrescriptions => "/self-prescriptions",
        ListKind::SelfPrescribers => "/self-prescriptions/companies",
        ListKind::ControlCampaigns => "/control-campaigns",
        ListKind::Controls => "/control-campaigns/{id}/controls",
        ListKind::Habilitations => "/habilitations",
        ListKind::Authorisations => "/admin/authorisations",
        ListKind::AuthorisedPrescribers => "/prescribers/register",
        ListKind::Members => "/members",
        ListKind::AccessLog => "/access-log",
        ListKind::AuditTrail => "/admin/audit",
        ListKind::Users => "/admin/users",
        ListKind::Organisations => "/admin/organisations",
        ListKind::Invitations => "/admin/invitations",
        ListKind::Emails => "/admin/emails",
        ListKind::Jobs => "/admin/jobs",
    }
}

/// Pages of one thing, which `{id}` stands for: the latest that this statement finds.
const THINGS: &[(Persona, &str, &str)] = &[
    (
        Persona::Employer,
        "/applications/{id}",
        "SELECT id FROM applications WHERE company_id = $1 AND state = 'processing' ORDER BY submitted_at DESC LIMIT 1",
    ),
    (
        Persona::Employer,
        "/applications/{id}/acceptance",
        "SELECT id FROM applications WHERE company_id = $1 AND state = 'processing' ORDER BY submitted_at DESC LIMIT 1",
    ),
    (Persona::Employer, "/pass/{id}", HIRED),
    (Persona::Employer, "/pass/{id}/simulation", HIRED),
    (
        Persona::Prescriber,
        "/candidates/{id}",
        "SELECT a.candidate_id FROM applications a
         JOIN users sender ON sender.id = a.sender_id AND sender.email = 'paul.hoffmann@ml.exemple.fr'
         WHERE a.company_id = $1 AND a.state = 'new' ORDER BY a.submitted_at DESC LIMIT 1",
    ),
    (
        Persona::Inspector,
        "/self-prescriptions/{id}",
        "SELECT id FROM applications WHERE company_id = $1 AND self_prescribed ORDER BY processed_at DESC LIMIT 1",
    ),
];

const HIRED: &str = "SELECT pass_id FROM applications WHERE company_id = $1 AND state = 'accepted'
                     ORDER BY processed_at DESC LIMIT 1";

/// All of them.
pub async fn all(app: &TestApp) -> Vec<Visit> {
    let mut visits: Vec<Visit> =
        LISTS.iter().map(|(who, address)| visit(*who, address, (*address).to_owned())).collect();
    for (who, pattern, finds) in THINGS {
        let found: Uuid =
            sqlx::query_scalar(*finds).bind(world::ACI).fetch_one(app.db()).await.expect("the ACI has one");
        visits.push(visit(Some(*who), pattern, pattern.replace("{id}", &found.to_string())));
    }
    visits.extend(of_controls(app).await);
    for (name, address) in [
        ("/employers/{id}", format!("/employers/{}", world::ACI)),
        ("/jobs/{id}", format!("/jobs/{}", world::GARDENER)),
    ] {
        visits.push(visit(None, name, address));
    }
    for list in ListKind::ALL {
        let address = address_of(*list);
        let is_opened = visits.iter().any(|visit| visit.pattern.split('?').next() == Some(address));
        assert!(is_opened, "nobody opens {address}, the list of {list:?}");
    }
    visits
}

/// Those of a campaign of control of Moselle that was just launched.
async fn of_controls(app: &TestApp) -> Vec<Visit> {
    let drawn = control::of_these_hires(app).await;
    let hire: Uuid =
        sqlx::query_scalar("SELECT id FROM control_hires WHERE control_id = $1 ORDER BY rank LIMIT 1")
            .bind(drawn.control)
            .fetch_one(app.db())
            .await
            .unwrap();
    sqlx::query("ANALYZE control_campaigns, control_list_lines, controls, control_hires, control_criteria")
        .execute(app.db())
        .await
        .unwrap();
    let (campaign, drawn) = (drawn.campaign.to_string(), drawn.control.to_string());
    [
        (Persona::Staff, "/control-campaigns/{id}", &campaign),
        (Persona::Inspector, "/control-campaigns/{id}/controls", &campaign),
        (Persona::Inspector, "/controls/{id}/review", &drawn),
        (Persona::Inspector, "/control-hires/{id}", &hire.to_string()),
    ]
    .map(|(who, pattern, id)| visit(Some(who), pattern, pattern.replace("{id}", id)))
    .into()
}

fn visit(who: Option<Persona>, pattern: &'static str, address: String) -> Visit {
    let reader = who.map_or_else(|| "visitor".to_owned(), |persona| format!("{persona:?}"));
    Visit { name: format!("{reader} {pattern}"), pattern, who, address }
}
