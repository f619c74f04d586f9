//! A draw depends on nothing of the database that keeps it (docs/control-draw.md): the lists that `tests/draws/draw.py` drew, kept in
//! databases that sort text otherwise, are read as the same list and give the same sample. `scripts/check-draw-postgres` does it with
//! real hires, on two versions of Postgres.

use std::path::Path;

use chrono::NaiveDate;
use iae_app::Db;
use iae_app::control::campaigns::{self, Verification};
use iae_app::db::{Purpose, migrate};
use iae_domain::ids::ControlCampaignId;
use iae_tests::TestApp;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// The draws kept in git, each the only one of its campaign.
const DRAWS: [&str; 3] = ["one-siae", "a-tie", "many-hires"];

/// Rows that hang on nothing: what is drawn here was hired nowhere.
const ALONE: &str = "
    DO $$
    DECLARE one record;
    BEGIN
        FOR one IN
            SELECT conrelid::regclass AS owner, conname FROM pg_constraint
            WHERE contype = 'f'
              AND conrelid IN ('control_campaigns'::regclass, 'control_list_lines'::regclass, 'controls'::regclass,
                               'control_hires'::regclass)
        LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.owner, one.conname);
        END LOOP;
    END $$";

/// A draw as its file tells it.
struct Told {
    file: String,
}

impl Told {
    fn of(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("draws");
        Self { file: std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap() }
    }

    fn all(&self, word: &str) -> Vec<&str> {
        let words = self.file.lines().filter_map(|line| line.split_once(' '));
        words.filter(|(first, _)| *first == word).map(|(_, said)| said).collect()
    }

    fn one(&self, word: &str) -> &str {
        self.all(word)[0]
    }

    /// Its lines, each with what it says after the SIAE and the hire.
    fn ids(&self, word: &str) -> (Vec<Uuid>, Vec<Uuid>, Vec<NaiveDate>) {
        let mut read = (vec![], vec![], vec![]);
        for line in self.all(word) {
            let parts: Vec<_> = line.split(';').collect();
            read.0.push(parts[0].parse().unwrap());
            read.1.push(parts[1].parse().unwrap());
            read.2.extend(parts.get(2).map(|day| day.parse::<NaiveDate>().unwrap()));
        }
        read
    }

    /// Its campaign, drawn, kept in this database.
    async fn keep(&self, db: &Db) -> ControlCampaignId {
        let (campaign, calendar) = (self.id("list"), self.id("seed"));
        sqlx::query(
            "INSERT INTO control_calendars (id, name, launch_on, adversarial_from)
             VALUES ($1, $2, '2026-01-05', '2026-04-01')",
        )
        .bind(calendar)
        .bind(calendar.to_string())
        .execute(db)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO control_campaigns
                 (id, institution_id, calendar_id, name, hired_from, hired_to, created_at, ratio, ratio_set_at,
                  list_frozen_at, list_digest, value_name, value, launched_at)
             VALUES ($1, $2, $2, 'campaign', '2025-01-01', '2025-12-31', now(), $3, now(), now(), decode($4, 'hex'), 'Loto', $5,
                     now())",
        )
        .bind(campaign)
        .bind(calendar)
        .bind(self.one("ratio").parse::<i16>().unwrap())
        .bind(self.one("list"))
        .bind(self.one("value"))
        .execute(db)
        .await
        .unwrap();
        let (companies, hires, days) = self.ids("line");
        sqlx::query(
            "INSERT INTO control_list_lines
                 (campaign_id, application_id, company_id, candidate_id, starts_on, pass_number, criteria, certified)
             SELECT $1::uuid, hire, company, hire, day, 'LOCAL2500001', '{}', '{}'
             FROM unnest($2::uuid[], $3::uuid[], $4::date[]) AS line (company, hire, day)",
        )
        .bind(campaign)
        .bind(companies)
        .bind(hires)
        .bind(days)
        .execute(db)
        .await
        .unwrap();
        let (companies, hires, _) = self.ids("drawn");
        for statement in [
            "INSERT INTO controls (id, campaign_id, company_id)
             SELECT DISTINCT company, $1::uuid, company FROM unnest($2::uuid[], $3::uuid[]) AS drawn (company, hire)",
            "INSERT INTO control_hires (id, control_id, application_id, candidate_id, rank, pass_number, starts_on, criteria)
             SELECT hire, company, hire, hire, row_number() OVER (PARTITION BY company ORDER BY hire), l.pass_number, l.starts_on,
                    l.criteria
             FROM unnest($2::uuid[], $3::uuid[]) AS drawn (company, hire)
             JOIN control_list_lines l ON l.application_id = hire AND l.campaign_id = $1::uuid",
        ] {
            sqlx::query(statement).bind(campaign).bind(&companies).bind(&hires).execute(db).await.unwrap();
        }
        ControlCampaignId(campaign)
    }

    /// An id made of this hash.
    fn id(&self, hash: &str) -> Uuid {
        Uuid::parse_str(&self.one(hash)[..32]).unwrap()
    }
}

/// A database of its own with the schema of the platform, whose text sorts so. Left by a test that fails, it goes as the others do.
async fn sorted(app: &TestApp, suffix: &str, collation: &str) -> (Db, String) {
    let like: String =
        sqlx::query_scalar("SELECT current_database()::text").fetch_one(app.db()).await.unwrap();
    let name = format!("{like}_{suffix}");
    let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {collation}");
    sqlx::query(AssertSqlSafe(create)).execute(app.db()).await.unwrap();
    let options = app.db().pool().connect_options().as_ref().clone().database(&name);
    let db = Db::connect(options, 2, Purpose::Commands);
    migrate(&db).await.unwrap();
    sqlx::raw_sql(ALONE).execute(db.pool()).await.unwrap();
    (db, name)
}

#[tokio::test]
async fn a_draw_does_not_depend_on_how_text_is_sorted() {
    let app = TestApp::new().await;
    let mut samples = Vec::new();
    for (suffix, collation, is_alphabetical) in
        [("c", "LC_COLLATE 'C'", false), ("fr", "LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR'", true)]
    {
        let (db, name) = sorted(&app, suffix, collation).await;
        let before: bool = sqlx::query_scalar("SELECT 'a' < 'Z'").fetch_one(&db).await.unwrap();
        assert_eq!(before, is_alphabetical, "{suffix}: capitals come first, or beside their letter");
        let mut sample = Vec::new();
        for draw in DRAWS {
            let told = Told::of(draw);
            let campaign = told.keep(&db).await;
            let verified = campaigns::verify(&db, campaign).await.unwrap();
            let Verification::Same(drawn) = verified else { panic!("{draw}, {suffix}: {verified:?}") };
            let drawn: Vec<_> = drawn
                .iter()
                .flat_map(|one| one.hires.iter().map(|hire| format!("{};{}", one.company.0, hire.0)))
                .collect();
            assert_eq!(drawn, told.all("drawn"), "{draw}, {suffix}: as in Python");
            sample.push(drawn);
        }
        samples.push(sample);
        db.close().await;
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        sqlx::query(AssertSqlSafe(drop)).execute(app.db()).await.unwrap();
    }
    assert_eq!(samples[0], samples[1]);
}
