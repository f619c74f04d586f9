//! What follows from orders and decisions for the right of an organisation.

use iae_domain::Changed;
use iae_domain::habilitations::{Decided, HabilitationRefused};
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};

use crate::db::{ensure_one_row, violates};
use crate::error::Result;
use crate::failure::refused_by;
use crate::{Failure, Work};

/// What follows from an order for its organisation: it is an OHPD, authorised for the days of its orders (PRE-5, PRE-9).
pub(in crate::habilitations) async fn authorise(
    work: &mut Work<'_>,
    organisation: OrganisationId,
) -> Result<(), Failure<HabilitationRefused>> {
    set_kind(work, organisation, PrescriberKind::Ohpd)
        .await
        .map_err(refused_by("organisations_siret_family_kind_key", HabilitationRefused::SameSiret))?;
    Ok(set_right(work, organisation, PrescriberKind::Ohpd, AuthorisationStatus::Validated).await?)
}

/// What follows from a revocation: it is authorised no more, at once.
pub(in crate::habilitations) async fn unauthorise(
    work: &mut Work<'_>,
    organisation: OrganisationId,
) -> Result<()> {
    set_right(work, organisation, PrescriberKind::Ohpd, AuthorisationStatus::Refused).await
}

/// Writes that a request was refused of an organisation that waited for its order (PRE-6): it is an orienteur, and no longer waits.
pub(in crate::habilitations) async fn stay_orienteur(
    work: &mut Work<'_>,
    organisation: OrganisationId,
) -> Result<()> {
    set_right(work, organisation, PrescriberKind::Other, AuthorisationStatus::Refused).await
}

/// Writes what the team decided, with its audit row and its mails; whether the constraint of PRE-3 allows it.
pub(in crate::habilitations) async fn save_decided(
    work: &mut Work<'_>,
    changed: Changed<Decided>,
) -> Result<Option<Decided>> {
    let decided = work.keep(changed);
    match set_kind(work, decided.id, decided.kind).await {
        Ok(()) => {}
        Err(error) if violates(&error, "organisations_siret_family_kind_key") => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    set_right(work, decided.id, decided.kind, decided.status).await?;
    Ok(Some(decided))
}

async fn set_kind(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    kind: PrescriberKind,
) -> Result<(), sqlx::Error> {
    let now = work.now();
    sqlx::query!(
        "UPDATE organisations SET kind = $2, updated_at = $3 WHERE id = $1 AND kind <> $2",
        organisation as _,
        kind.code(),
        now,
    )
    .execute(work.db())
    .await
    .map(drop)
}

/// The days are those of the orders that are granted; none of an organisation that never had one. A right whose order was never entered
/// runs until the first that is: nobody said that it stopped before. A delegate of a département council follows its BRSA (PRE-5).
async fn set_right(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    kind: PrescriberKind,
    status: AuthorisationStatus,
) -> Result<()> {
    let (by, now, today) = (work.by.user, work.now(), work.today());
    let result = sqlx::query!(
        r#"
        UPDATE prescriber_organisations p
        SET kind = $2
          , authorisation_status = $3
          , authorisation_updated_at = $4
          , authorisation_updated_by = $5
          , is_brsa = p.is_brsa OR ($2 = 'ODC' AND $3 = 'VALIDATED')
          , authorised_days = CASE
                WHEN EXISTS (SELECT FROM habilitations h WHERE h.organisation_id = p.organisation_id AND h.starts_on IS NOT NULL)
                    THEN coalesce(
                        (
                            SELECT range_agg(daterange(h.starts_on, h.ends_on, '[]'))
                            FROM habilitations h
                            WHERE h.organisation_id = p.organisation_id AND h.state = 'granted'
                        ),
                        '{}'::datemultirange
                    ) + CASE
                        WHEN is_authorised(p, $6) AND p.kind = 'OHPD' AND p.authorised_days IS NULL AND $3 = 'VALIDATED'
                            THEN (
                                SELECT datemultirange(daterange($6, greatest($6, min(h.starts_on))))
                                FROM habilitations h
                                WHERE h.organisation_id = p.organisation_id AND h.state = 'granted'
                            )
                        ELSE '{}'::datemultirange
                    END
            END
        WHERE p.organisation_id = $1
        "#,
        organisation as _,
        kind.code(),
        status.code(),
        now,
        by as Option<UserId>,
        today,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "prescriber_organisations")
}
