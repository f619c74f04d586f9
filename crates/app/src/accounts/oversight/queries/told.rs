//! What the trail and the support say of an account.

use chrono::{DateTime, Utc};
use iae_domain::french;
use iae_domain::ids::UserId;

use crate::Db;
use crate::admin::words;
use crate::error::Result;
use crate::staff::remarks::Remark;

/// Rows of the trail that the page of an account shows.
const HAPPENINGS_SHOWN: i64 = 10;

/// Something that happened to an account.
#[derive(Debug, Clone)]
pub struct Happening {
    /// When.
    pub at: DateTime<Utc>,
    action: String,
    actor_kind: String,
    actor_name: Option<String>,
    impersonator_name: Option<String>,
}

impl Happening {
    /// What, in French.
    pub fn done(&self) -> &str {
        words::action(&self.action)
    }

    /// Who did it, with who of the team was behind them (AUT-31).
    pub fn by(&self) -> String {
        let actor = self.actor_name.as_deref().unwrap_or_else(|| words::actor(&self.actor_kind));
        match &self.impersonator_name {
            Some(by) => format!("{by} à la place {}", french::of(actor)),
            None => actor.to_owned(),
        }
    }
}

/// What happened to an account last, readings by the team aside.
pub async fn last_happening(db: &Db, user: UserId) -> Result<Option<Happening>> {
    Ok(all(db, user).await?.0.into_iter().next())
}

/// What happened to an account last, readings by the team aside, and the last remarks of the support, the latest first.
pub(super) async fn all(db: &Db, user: UserId) -> Result<(Vec<Happening>, Vec<Remark>)> {
    let rows = sqlx::query!(
        r#"
        (
            SELECT e.at AS "at!"
                 , e.action AS "act!"
                 , e.actor_kind
                 , full_name(u.first_name, u.last_name) AS name
                 , full_name(team.first_name, team.last_name) AS impersonator_name
                 , NULL::text AS remark
                 , e.id AS "id!"
            FROM audit_events e
            LEFT JOIN users u ON u.id = e.actor_id
            LEFT JOIN users team ON team.id = e.impersonator_id
            WHERE e.subject_id = $1 AND e.action <> 'account.read_by_team' AND e.action <> 'account.searched_by_team'
            ORDER BY e.at DESC
                   , e.id DESC
            LIMIT $2
        )
        UNION ALL
        (
            SELECT r.written_at
                 , r.act
                 , NULL
                 , full_name(u.first_name, u.last_name)
                 , NULL
                 , r.remark
                 , r.id
            FROM account_remarks r
            JOIN users u ON u.id = r.written_by
            WHERE r.user_id = $1
            ORDER BY r.written_at DESC
                   , r.id DESC
            LIMIT 50
        )
        ORDER BY 1 DESC
               , 7 DESC
        LIMIT 100
        "#,
        user as _,
        HAPPENINGS_SHOWN,
    )
    .fetch_all(db)
    .await?;
    let (mut happenings, mut remarks) = (Vec::new(), Vec::new());
    for row in rows {
        if let Some(remark) = row.remark {
            let author = row.name.unwrap_or_default();
            remarks.push(Remark { at: row.at, author, act: row.act, remark });
        } else {
            happenings.push(Happening {
                at: row.at,
                action: row.act,
                actor_kind: row.actor_kind.unwrap_or_default(),
                actor_name: row.name,
                impersonator_name: row.impersonator_name,
            });
        }
    }
    Ok((happenings, remarks))
}
