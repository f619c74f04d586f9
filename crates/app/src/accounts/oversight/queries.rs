//! An account, as the team reads it. No secret is read: neither passwords, nor what makes codes, nor keys of sessions.

mod told;

use chrono::{DateTime, Utc};
use iae_domain::accounts::session::IDLE;
use iae_domain::accounts::{Provider, UserKind};
use iae_domain::actor::StaffActor;
use iae_domain::ids::{OrganisationId, PassId, UserId};
use iae_domain::organisations::OrganisationFamily;
use iae_domain::staff::{StaffGroup, StaffRight, ensure};
use uuid::Uuid;

use super::{Account, store};
use crate::candidates::note_opening;
use crate::error::{Error, Result};
use crate::organisations::kind_label;
use crate::staff::remarks::Remark;
use crate::{App, Ctx, Db};

pub use told::{Happening, last_happening};

/// The account somebody of the team is about to act on: that they read who a candidate is, is kept (D34).
pub async fn account(app: &App, ctx: &Ctx<StaffActor>, user: UserId) -> Result<Account> {
    let account = visible(app, ctx, user).await?;
    if account.overseen.kind == UserKind::JobSeeker {
        note_opening(app, &ctx.any(), user.into()).await?;
    }
    Ok(account)
}

/// The account, for this member of the team: to the others a superuser does not exist (STF-1).
async fn visible(app: &App, ctx: &Ctx<StaffActor>, user: UserId) -> Result<Account> {
    ensure(&ctx.actor, StaffRight::ReadUsers)?;
    let account = store::account(&app.db, user).await?;
    account.filter(|account| ctx.actor.may_see(account.is_superuser)).ok_or(Error::NotFound)
}

/// All that the team reads of an account.
#[derive(Debug, Clone)]
pub struct AccountDetail {
    /// What is acted on.
    pub account: Account,
    /// What is known besides.
    pub facts: Facts,
    /// Where they are and were members, those they are in first.
    pub memberships: Vec<MembershipLine>,
    /// What happened to it last, readings by the team aside.
    pub happenings: Vec<Happening>,
    /// The remarks of the support.
    pub remarks: Vec<Remark>,
}

/// What an account says, and what was done with it.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Phone number.
    pub phone: Option<String>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When somebody first signed in to it.
    pub first_login_at: Option<DateTime<Utc>>,
    /// And last.
    pub last_login_at: Option<DateTime<Utc>>,
    /// The day of the terms accepted last.
    pub terms_version: Option<String>,
    /// When they were.
    pub terms_accepted_at: Option<DateTime<Utc>>,
    /// When its password was chosen.
    pub password_set_at: Option<DateTime<Utc>>,
    /// How many applications give its codes.
    pub second_factors: i64,
    /// When the last of them was added.
    pub second_factor_added_at: Option<DateTime<Utc>>,
    /// When a code last served.
    pub second_factor_used_at: Option<DateTime<Utc>>,
    /// How many sessions are open.
    pub sessions: i64,
    providers: Vec<String>,
    subjects: Vec<String>,
    groups: Vec<String>,
    merged_into: Option<UserId>,
    merged_into_name: Option<String>,
    /// How many applications a candidate has.
    pub applications: i64,
    passes: Vec<Uuid>,
    numbers: Vec<String>,
}

impl Facts {
    /// What each provider calls them.
    pub fn identities(&self) -> Vec<(Provider, &str)> {
        let tied = self.providers.iter().zip(&self.subjects);
        tied.filter_map(|(code, subject)| Some((Provider::parse(code)?, subject.as_str()))).collect()
    }

    /// The account it was merged into, and the name of its holder; none when it was not.
    pub fn merged_into(&self) -> Option<(UserId, &str)> {
        self.merged_into.zip(self.merged_into_name.as_deref())
    }

    /// The groups of the team they are in.
    pub fn groups(&self) -> Vec<StaffGroup> {
        self.groups.iter().filter_map(|code| StaffGroup::parse(code)).collect()
    }

    /// The PASS of a candidate, the latest first, with their numbers.
    pub fn passes(&self) -> Vec<(PassId, &str)> {
        self.passes.iter().copied().map(PassId).zip(self.numbers.iter().map(String::as_str)).collect()
    }
}

/// A membership, still on or over.
#[derive(Debug, Clone)]
pub struct MembershipLine {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is called.
    pub name: String,
    family: OrganisationFamily,
    kind: String,
    /// Whether they administer it.
    pub is_admin: bool,
    /// Whether they are there.
    pub is_active: bool,
    /// When they came, the last time.
    pub joined_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether somebody else acts for it.
    pub has_colleagues: bool,
    /// Whether somebody else administers it.
    pub has_other_admins: bool,
}

impl MembershipLine {
    /// What the organisation is, in words.
    pub fn kind(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }

    /// Whether nobody would administer it without them (MEM-9).
    pub const fn is_last_admin(&self) -> bool {
        self.is_active && self.is_admin && !self.has_other_admins
    }
}

/// The account with all of it.
pub(super) async fn detail(app: &App, ctx: &Ctx<StaffActor>, user: UserId) -> Result<AccountDetail> {
    let account = visible(app, ctx, user).await?;
    let (happenings, remarks) = told::all(&app.db, user).await?;
    Ok(AccountDetail {
        facts: facts(&app.db, user, ctx.now).await?,
        memberships: memberships(&app.db, &account).await?,
        happenings,
        remarks,
        account,
    })
}

async fn facts(db: &Db, user: UserId, now: DateTime<Utc>) -> Result<Facts> {
    let facts = sqlx::query_as!(
        Facts,
        r#"
        SELECT u.phone
             , u.created_at
             , u.first_login_at
             , u.last_login_at
             , u.terms_version
             , u.terms_accepted_at
             , (SELECT p.set_at FROM local_passwords p WHERE p.user_id = u.id) AS password_set_at
             , f.many AS "second_factors!"
             , f.added_at AS second_factor_added_at
             , f.used_at AS second_factor_used_at
             , (
                   SELECT count(*)
                   FROM sessions s
                   WHERE s.user_id = u.id AND s.expires_at > $2 AND s.last_seen_at > $3
               ) AS "sessions!"
             , ARRAY(
                   SELECT i.provider FROM identities i WHERE i.user_id = u.id ORDER BY i.provider LIMIT 20
               ) AS "providers!"
             , ARRAY(
                   SELECT i.subject FROM identities i WHERE i.user_id = u.id ORDER BY i.provider LIMIT 20
               ) AS "subjects!"
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = u.id ORDER BY g.code LIMIT 50) AS "groups!"
             , (SELECT m.kept_id FROM account_mergers m WHERE m.former_id = u.id) AS "merged_into: UserId"
             , (
                   SELECT full_name(k.first_name, k.last_name)
                   FROM account_mergers m
                   JOIN users k ON k.id = m.kept_id
                   WHERE m.former_id = u.id
               ) AS merged_into_name
             , (SELECT count(*) FROM applications a WHERE a.candidate_id = u.id) AS "applications!"
             , ARRAY(
                   SELECT p.id FROM passes p WHERE p.candidate_id = u.id ORDER BY p.starts_on DESC, p.id LIMIT 20
               ) AS "passes!"
             , ARRAY(
                   SELECT p.number FROM passes p WHERE p.candidate_id = u.id ORDER BY p.starts_on DESC, p.id LIMIT 20
               ) AS "numbers!"
        FROM users u
        CROSS JOIN LATERAL (
            SELECT count(*) AS many
                 , max(s.created_at) AS added_at
                 , max(s.last_used_at) AS used_at
            FROM second_factors s
            WHERE s.user_id = u.id AND s.removed_at IS NULL
        ) f
        WHERE u.id = $1
        "#,
        user as _,
        now,
        now - IDLE,
    )
    .fetch_optional(db)
    .await?;
    facts.ok_or(Error::NotFound)
}

/// What stays when the account of a candidate closes.
#[derive(Debug, Clone, Copy)]
pub struct CandidateHoldings {
    /// Their applications.
    pub applications: i64,
    /// Their PASS.
    pub passes: i64,
}

/// What a candidate has at structures; none when the account is no candidate's.
pub async fn holdings(db: &Db, of: &Account) -> Result<Option<CandidateHoldings>> {
    if of.overseen.kind != UserKind::JobSeeker {
        return Ok(None);
    }
    let holdings = sqlx::query_as!(
        CandidateHoldings,
        r#"
        SELECT (SELECT count(*) FROM applications a WHERE a.candidate_id = $1) AS "applications!"
             , (SELECT count(*) FROM passes p WHERE p.candidate_id = $1) AS "passes!"
        "#,
        of.overseen.user as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Some(holdings))
}

/// Where somebody is and was a member; nothing is asked for those who never are (MEM-1).
pub async fn memberships(db: &Db, of: &Account) -> Result<Vec<MembershipLine>> {
    if of.overseen.kind != UserKind::Professional {
        return Ok(Vec::new());
    }
    let memberships = sqlx::query_as!(
        MembershipLine,
        r#"
        SELECT m.organisation_id AS "organisation: OrganisationId"
             , o.shown_name AS "name!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , m.is_admin
             , m.is_active
             , m.joined_at
             , m.updated_at
             , coalesce(other.has_any, false) AS "has_colleagues!"
             , coalesce(other.has_admin, false) AS "has_other_admins!"
        FROM memberships m
        JOIN organisations o ON o.id = m.organisation_id
        CROSS JOIN LATERAL (
            SELECT bool_or(true) AS has_any
                 , bool_or(c.is_admin) AS has_admin
            FROM memberships c
            JOIN users u ON u.id = c.user_id
            WHERE c.organisation_id = m.organisation_id AND c.user_id <> m.user_id AND c.is_active AND u.is_active
        ) other
        WHERE m.user_id = $1
        ORDER BY m.is_active DESC
               , m.joined_at DESC
               , m.id
        LIMIT 200
        "#,
        of.overseen.user as _,
    )
    .fetch_all(db)
    .await?;
    Ok(memberships)
}
