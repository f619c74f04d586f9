//! `/admin/organisations/{id}`: an organisation, all that the team reads of it, and what may be done (rule book 01 §13).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::admin::organisations::queries::{Card, Line, Member, Relative, card, lines, members, relatives};
use iae_app::organisations::invitations::queries::{OpenInvitation, open};
use iae_app::organisations::succession::queries::history;
use iae_app::{App, Ctx, links};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::members::Road;
use iae_domain::organisations::team::TurnedConvention;
use iae_domain::organisations::{
    AuthorisationStatus, CompanySource, OrganisationFamily, Standing, is_protected,
};
use iae_domain::staff::StaffRight;

use crate::admin::audit::AuditQuery;
use crate::applications::state_badge::{StateBadge, of_standing};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french::{date_time, spaced};
use crate::layout::Layout;
use crate::organisations::history::HistoryLines;
use crate::paths::AdminOrganisationPath;
use crate::state::WebState;

/// A facilitator that somebody signed up: it never was anything that could end (SGN-16).
const TO_VERIFY: StateBadge = StateBadge { label: "À vérifier", tone: "warning", icon: "clock" };

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/show.html")]
pub struct OrganisationPage {
    layout: Layout,
    of: Card,
    members: Vec<Member>,
    relatives: Vec<Relative>,
    invitations: Vec<(OpenInvitation, String)>,
    lines: Vec<Line>,
    past: HistoryLines,
    reader: StaffActor,
    now: DateTime<Utc>,
}

impl OrganisationPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        let of = card(app, ctx, id).await?;
        let convention = of.convention().map(|(convention, _)| convention.id.0);
        let link = |one: OpenInvitation| {
            let link = links::invitation(&app.config, one.id, &one.token).to_string();
            (one, link)
        };
        Ok(Self {
            members: members(app, id).await?,
            relatives: relatives(app, id).await?,
            invitations: open(app, id, ctx.now).await?.into_iter().map(link).collect(),
            lines: lines(app, id, convention).await?,
            past: HistoryLines::for_team(history(&app.db, id).await?, id),
            reader: ctx.actor.clone(),
            now: ctx.now,
            layout,
            of,
        })
    }

    /// Where it stands: a company by its activity, any other by whether it is open.
    fn badge(&self) -> StateBadge {
        if self.of.standing == Standing::Ended && self.is_facilitator() {
            return TO_VERIFY;
        }
        of_standing(self.of.standing)
    }

    /// Where it comes from: whoever signs up a facilitator does, whoever adds an antenna as well.
    fn origin(&self) -> Option<&'static str> {
        let source = self.of.source?;
        let is_signed_up = source == CompanySource::UserCreated && self.is_facilitator();
        Some(if is_signed_up { Road::SignUp.label() } else { source.label() })
    }

    /// Why a company stands where it does, in a sentence.
    fn because(&self) -> Option<String> {
        let is_facilitator = self.is_facilitator();
        Some(spaced(&match self.of.standing {
            Standing::Open | Standing::Closed => return None,
            Standing::Disabled => {
                "Ce qu’elle avait a été transféré : elle ne prend plus de candidatures, ne se trouve plus dans la recherche, et plus \
                 personne n’agit pour elle. Pour la rouvrir, remettez-la dans la recherche et invitez un membre."
                    .to_owned()
            }
            Standing::Active if self.of.convention().is_some() => "Sa convention est en vigueur.".to_owned(),
            Standing::Active if self.of.source == Some(CompanySource::StaffCreated) => {
                "L’équipe l’a créée, et le flux de l’ASP ne l’a pas encore confirmée : au bout de 90 jours, il la supprime si rien n’y a été \
                 fait."
                    .to_owned()
            }
            Standing::Active if is_facilitator => "L’équipe l’a vérifiée.".to_owned(),
            Standing::Active => "Elle n’a pas besoin de convention.".to_owned(),
            Standing::Grace => format!(
                "Sa convention n’est plus en vigueur : ses membres gardent leur accès jusqu’au {}, personne ne la trouve ni ne la rejoint.",
                self.of.grace_until.map(date_time).unwrap_or_default()
            ),
            Standing::Ended if is_facilitator => {
                "L’équipe ne l’a pas vérifiée : personne ne la trouve, personne n’agit pour elle.".to_owned()
            }
            Standing::Ended if self.of.convention().is_none() => {
                "Elle n’a pas de convention : personne n’agit pour elle.".to_owned()
            }
            Standing::Ended => "Sa convention n’est plus en vigueur, et son délai de grâce est passé.".to_owned(),
        }))
    }

    /// Whether it is active because the team verified it.
    fn is_facilitator(&self) -> bool {
        self.of.sight().is_some_and(|sight| sight.is_facilitator())
    }

    /// Whether somebody may still act for it.
    fn is_open(&self) -> bool {
        self.of.closed_at.is_none()
    }

    fn is_company(&self) -> bool {
        self.of.family == OrganisationFamily::Company
    }

    fn is_prescriber(&self) -> bool {
        self.of.family == OrganisationFamily::Prescriber
    }

    /// Whether the State says what its official address and its convention are.
    fn is_of_the_state(&self) -> bool {
        self.of.source == Some(CompanySource::Asp)
    }

    /// Whether its right to prescribe was validated, and ended.
    fn is_lapsed(&self) -> bool {
        self.of.authorisation == Some(AuthorisationStatus::Validated) && !self.of.is_authorised
    }

    fn is_expired(&self, invitation: &OpenInvitation) -> bool {
        invitation.expires_at <= self.now
    }

    /// Its address, line by line.
    fn address(&self) -> Vec<String> {
        let town = format!("{} {}", self.of.post_code.as_deref().unwrap_or_default(), self.of.city);
        let lines = [self.of.address_line_1.clone(), self.of.address_line_2.clone(), town.trim().to_owned()];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// Until when the weekly flow leaves its convention alone, when it does (CMP-10).
    fn protected_until(&self) -> Option<DateTime<Utc>> {
        let at = self.of.convention()?.0.reactivated_at?;
        is_protected(Some(at), self.now).then(|| TurnedConvention::protected_until(at))
    }

    /// What the convention says: in force, or since when it is not.
    fn convention(&self) -> String {
        let Some((convention, number)) = self.of.convention() else { return String::new() };
        let stands = match (convention.is_active, convention.deactivated_at) {
            (true, _) => "en vigueur".to_owned(),
            (false, Some(at)) => format!("désactivée le {}", date_time(at)),
            (false, None) => "désactivée".to_owned(),
        };
        format!("n° {number}, {stands}")
    }

    fn annexes_until(&self) -> Option<NaiveDate> {
        self.of.annexes_until
    }

    /// Those that share its convention: the company of the State, its antennas.
    fn of_convention(&self) -> Vec<&Relative> {
        self.relatives.iter().filter(|one| one.shares_convention).collect()
    }

    /// The others of its SIRET.
    fn twins(&self) -> Vec<&Relative> {
        self.relatives.iter().filter(|one| !one.shares_convention).collect()
    }

    fn role(member: &Member) -> &'static str {
        match (member.is_active, member.is_admin) {
            (false, _) => "N’en fait plus partie",
            (true, true) => "Administrateur",
            (true, false) => "Membre",
        }
    }

    fn remarks(&self) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.remark.is_some()).collect()
    }

    fn journal(&self) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.remark.is_none()).collect()
    }

    /// Where all that happened to it is read, by whoever may (STF-1).
    fn whole_journal(&self) -> Option<AuditQuery> {
        self.reader.holds(StaffRight::ReadAudit).then(|| AuditQuery::of("organisation", &self.of.id.0))
    }

    fn may_change(&self) -> bool {
        self.reader.holds(StaffRight::ChangeOrganisations)
    }

    /// Whether a part of it may still become another one's: of one that was disabled, only what it kept is transferred.
    fn may_become(&self) -> bool {
        self.may_move() && !self.of.is_disabled()
    }

    /// Where those who were there went, when the team moved them.
    fn members_went(&self) -> Option<&OrganisationId> {
        self.of.replaced_by.as_ref().or(self.of.given_to.as_ref())
    }

    fn may_move(&self) -> bool {
        self.reader.holds(StaffRight::MergeOrganisations) && self.is_open()
    }

    fn reads_users(&self) -> bool {
        self.reader.holds(StaffRight::ReadUsers)
    }

    /// The words of the link that turns whether a company is found.
    fn visibility(&self) -> &'static str {
        match (self.of.is_searchable.unwrap_or_default(), self.is_facilitator()) {
            (true, true) => "Retirer la vérification",
            (true, false) => "Retirer de la recherche",
            (false, true) => "Vérifier la structure",
            (false, false) => "Remettre dans la recherche",
        }
    }
}

/// Shows it.
pub async fn get(
    AdminOrganisationPath { id }: AdminOrganisationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&OrganisationPage::load(&state, &ctx, layout, id).await?)
}
