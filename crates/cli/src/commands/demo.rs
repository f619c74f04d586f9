//! `iae demo`: everything at once on this machine, with invented people. `make demo` gives it its database.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use iae_app::Db;
use iae_app::config::{Demo as DemoNotice, Persona};
use iae_app::db::{Purpose, Role};
use iae_app::gateways::antivirus::Antivirus;
use iae_app::gateways::sirene::Sirene;
use iae_domain::accounts::Provider;
use iae_web::state::WebState;
use secrecy::SecretString;
use url::Url;

use super::migrate::migrate;
use super::seed::load;
use crate::config::{
    ConnectConfig, DatabaseConfig, HttpConfig, InstanceConfig, LimitsConfig, OidcConfig, Registration,
    RelyingParty, StorageConfig, data_dir, demo_cookie_key, demo_mailer,
};
use crate::platform::{self, Config};
use crate::seed::{self, Options, PASSWORD, Size};
use crate::stop;

/// Name of the platform at its identity provider.
const CLIENT_ID: &str = "parcours-iae";

/// Serves a demonstration.
#[derive(Debug, Args)]
#[command(
    about = "Sert une démonstration complète : pages, tâches, fournisseur d’identité, personnes inventées"
)]
pub struct Demo;

impl Demo {
    /// Prepares what is missing, then serves until told to stop.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let stop = stop::on_signal()?;
        let folder = data_dir()?;
        let http = HttpConfig::on_this_machine(demo_cookie_key(&folder)?)?;
        let pages = platform::listen(http.address).await?;
        let connect =
            ConnectConfig::on_this_machine(relying_party(&http.base_url), hint(), &folder.join("mail"))?;
        let identities = platform::listen(connect.address).await?;
        let database = DatabaseConfig::from_env()?;
        let owner = database.connect(Role::Owner, Purpose::Commands);

        migrate(&owner).await?;
        let state = state(&folder, http, &connect, database.connect(Role::Platform, Purpose::Pages))?;
        if seed::is_empty(&owner).await? {
            load(&owner, &state.app.config, Options { size: Size::S, reset: false, one_in: 1 }).await?;
            seed::controls::make(&state.app).await?;
        }
        owner.close().await;
        let app = Arc::clone(&state.app);
        let worker = Arc::new(app.on(database.connect(Role::Worker, Purpose::Tasks)));
        let issuer = connect.provider.issuer.clone();
        let identities_db = database.connect(Role::Provider, Purpose::Identities);
        let provider = platform::identity_provider(identities_db, connect).await?;
        announce(&app.config.base_url, &issuer, &folder);
        tokio::try_join!(
            platform::serve(pages, state, stop.clone()),
            platform::serve_identities(identities, provider, stop.clone()),
            platform::work(worker, stop),
        )
        .map(drop)
    }
}

fn relying_party(base_url: &Url) -> RelyingParty {
    RelyingParty {
        base_url: base_url.clone(),
        client_id: CLIENT_ID.to_owned(),
        // Made anew at each start: nobody outside this process needs it.
        client_secret: SecretString::from(hex::encode(rand::random::<[u8; 32]>())),
    }
}

fn hint() -> String {
    format!("Démonstration : le mot de passe de chaque personne est {PASSWORD}")
}

fn state(
    folder: &Path,
    http: HttpConfig,
    connect: &ConnectConfig,
    db: Db,
) -> Result<WebState, Box<dyn Error>> {
    let config = Config {
        http,
        db,
        instance: InstanceConfig::demo()?,
        mailer: demo_mailer(&folder.join("mail"))?,
        oidc: OidcConfig::only(Registration {
            provider: Provider::InclusionConnect,
            issuer: connect.provider.issuer.clone(),
            client_id: connect.relying_party.client_id.clone(),
            client_secret: connect.relying_party.client_secret.clone(),
            account_url: None,
        }),
        storage: StorageConfig::Folder(folder.join("files")),
        antivirus: Antivirus::Off,
        sirene: Sirene::Off,
        limits: LimitsConfig::from_env()?,
        demo: Some(DemoNotice { personas: seed::personas(), password: PASSWORD.to_owned() }),
    };
    config.build()
}

fn announce(platform: &Url, provider: &Url, folder: &Path) {
    let personas = seed::personas();
    let width = personas.iter().map(|persona| persona.email.as_str().len()).max().unwrap_or_default();
    println!("\n  Parcours IAE           {platform}");
    println!("  Inclusion Connect      {provider}");
    println!("  Mails envoyés          {}", folder.join("mail").display());
    println!("\n  Personnes de la démonstration, mot de passe commun : {PASSWORD}\n");
    for Persona { email, name, role, is_staff: _ } in &personas {
        println!("  {:width$}  {name}, {role}", email.as_str());
    }
    println!("\n  Ctrl-C arrête tout et garde les données ; « make demo-reset » recommence.\n");
}
