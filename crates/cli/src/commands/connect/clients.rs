//! `iae connect create-client`, `edit-client`, `rotate-client-secret`: relying parties of the provider (IDP-25). The platform is not
//! among them: it registers itself, from its settings, each time the provider starts.

use std::error::Error;

use clap::Args;
use iae_app::Clock;
use iae_connect::clients::{self, Edited, RegisterError, Registration};
use iae_connect::operators::Operator;
use secrecy::{ExposeSecret as _, SecretString};

use super::accounts::database;

const BY: Operator = Operator::AT_THE_COMMAND_LINE;
const UNKNOWN: &str = "aucun service n’a cet identifiant";

/// Registers a relying party.
#[derive(Debug, Args)]
#[command(
    about = "Inscrit un service, et affiche son secret",
    long_about = "Inscrit un service qui fera confiance aux comptes du fournisseur. Son secret est tiré au hasard et \
                  s’affiche une fois : il n’est gardé nulle part."
)]
pub struct CreateClient {
    #[arg(help = "Identifiant (client_id) : lettres, chiffres, points, tirets, soulignés")]
    id: String,
    #[arg(long, help = "Nom que lisent les personnes")]
    name: String,
    #[arg(long = "redirect-uri", required = true, help = "Adresse de retour, complète ; peut être répétée")]
    redirect_uris: Vec<String>,
    #[arg(
        long = "post-logout-redirect-uri",
        help = "Adresse de retour après une déconnexion ; peut être répétée"
    )]
    post_logout_redirect_uris: Vec<String>,
    #[arg(long, default_value = "openid profile email", help = "Portées, séparées par des espaces")]
    scopes: String,
    #[arg(long, help = "Adresse prévenue des déconnexions, de serveur à serveur")]
    backchannel_logout_uri: Option<String>,
    #[arg(long, help = "Adresse où le service commence une connexion")]
    initiate_login_uri: Option<String>,
    #[arg(long, help = "Lui remet des jetons de renouvellement à chaque connexion")]
    refresh_tokens: bool,
}

impl CreateClient {
    /// Registers it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let now = Clock::System.now();
        let client = Registration {
            id: self.id,
            name: self.name,
            scopes: self.scopes,
            redirect_uris: self.redirect_uris,
            post_logout_redirect_uris: self.post_logout_redirect_uris,
            backchannel_logout_uri: self.backchannel_logout_uri,
            initiate_login_uri: self.initiate_login_uri,
            refresh_tokens: self.refresh_tokens,
            seen_at: now,
        };
        let db = database()?;
        let mut tx = db.pool().begin().await?;
        let secret = clients::create(&mut tx, &client, BY, now).await.map_err(in_words)?;
        tx.commit().await?;
        println!("Service inscrit : {}", client.id);
        show(&secret);
        Ok(())
    }
}

/// Changes what is registered of a relying party. What is not named stays.
#[derive(Debug, Args)]
#[command(
    about = "Modifie un service : ce qui n’est pas nommé ne change pas, une liste donnée remplace l’autre"
)]
pub struct EditClient {
    #[arg(help = "Identifiant (client_id)")]
    id: String,
    #[arg(long, help = "Nom que lisent les personnes")]
    name: Option<String>,
    #[arg(long = "redirect-uri", help = "Adresse de retour ; répétée, c’est toute la liste")]
    redirect_uris: Vec<String>,
    #[arg(long = "post-logout-redirect-uri", help = "Adresse de retour après une déconnexion ; de même")]
    post_logout_redirect_uris: Vec<String>,
    #[arg(long, help = "Portées, séparées par des espaces")]
    scopes: Option<String>,
    #[arg(long, help = "Adresse prévenue des déconnexions")]
    backchannel_logout_uri: Option<String>,
    #[arg(long, conflicts_with = "backchannel_logout_uri", help = "N’est plus prévenu des déconnexions")]
    no_backchannel_logout: bool,
    #[arg(long, help = "Adresse où le service commence une connexion")]
    initiate_login_uri: Option<String>,
    #[arg(long, conflicts_with = "initiate_login_uri", help = "Ne commence plus de connexion lui-même")]
    no_initiate_login: bool,
    #[arg(long, help = "Jetons de renouvellement : true ou false")]
    refresh_tokens: Option<bool>,
}

impl EditClient {
    /// Changes it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let known = clients::registered(db.pool(), &self.id).await?.ok_or(UNKNOWN)?;
        let client = self.applied_to(known);
        let mut tx = db.pool().begin().await?;
        match clients::edit(&mut tx, &client, BY, Clock::System.now()).await.map_err(in_words)? {
            Edited::Done => {}
            Edited::Changed => return Err("ce service vient de changer : recommencez".into()),
        }
        tx.commit().await?;
        println!("Service modifié : {}", client.id);
        Ok(())
    }

    fn applied_to(self, known: Registration) -> Registration {
        let list = |given: Vec<String>, known: Vec<String>| if given.is_empty() { known } else { given };
        let unless = |removed: bool, known: Option<String>| known.filter(|_| !removed);
        Registration {
            name: self.name.unwrap_or(known.name),
            scopes: self.scopes.unwrap_or(known.scopes),
            redirect_uris: list(self.redirect_uris, known.redirect_uris),
            post_logout_redirect_uris: list(self.post_logout_redirect_uris, known.post_logout_redirect_uris),
            backchannel_logout_uri: self
                .backchannel_logout_uri
                .or_else(|| unless(self.no_backchannel_logout, known.backchannel_logout_uri)),
            initiate_login_uri: self
                .initiate_login_uri
                .or_else(|| unless(self.no_initiate_login, known.initiate_login_uri)),
            refresh_tokens: self.refresh_tokens.unwrap_or(known.refresh_tokens),
            id: known.id,
            seen_at: known.seen_at,
        }
    }
}

/// Gives a relying party another secret.
#[derive(Debug, Args)]
#[command(
    about = "Change le secret d’un service, et l’affiche",
    long_about = "Change le secret d’un service, et l’affiche une fois. Celui d’avant ne vaut plus rien aussitôt : le service \
                  ne reçoit plus de jeton tant qu’il n’a pas le nouveau."
)]
pub struct RotateClientSecret {
    #[arg(help = "Identifiant (client_id)")]
    id: String,
}

impl RotateClientSecret {
    /// Changes it.
    pub async fn run(self) -> Result<(), Box<dyn Error>> {
        let db = database()?;
        let mut tx = db.pool().begin().await?;
        let secret = clients::rotate_secret(&mut tx, &self.id, BY, Clock::System.now()).await?;
        let secret = secret.ok_or(UNKNOWN)?;
        tx.commit().await?;
        show(&secret);
        Ok(())
    }
}

fn show(secret: &SecretString) {
    println!("Secret, montré cette fois seulement : {}", secret.expose_secret());
}

fn in_words(error: RegisterError) -> Box<dyn Error> {
    match error.sentence() {
        Some(sentence) => sentence.into(),
        None => error.into(),
    }
}
