//! The trail in French, for operators.

use super::{Line, Name};

impl Name {
    /// Read back.
    fn parse(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == stored)
    }

    fn label(self) -> &'static str {
        match self {
            Self::Login => "Connexion",
            Self::LoginError => "Connexion refusée",
            Self::Logout => "Déconnexion",
            Self::LogoutError => "Déconnexion refusée",
            Self::Token => "Jeton remis au service",
            Self::Redirect => "Retour au service, avec un code",
            Self::OidcParamsError => "Demande du service refusée",
            Self::AdminAdd => "Création par l’équipe",
            Self::AdminChange => "Modification par l’équipe",
            Self::AdminChangePassword => "Mot de passe changé, ou lien donné, par l’équipe",
            Self::Register => "Inscription demandée",
            Self::RegisterError => "Inscription refusée",
            Self::SendVerificationEmail => "Lien de confirmation envoyé",
            Self::ConfirmEmailAddress => "Adresse confirmée",
            Self::ConfirmEmailAddressError => "Confirmation de l’adresse refusée",
            Self::ForgotPassword => "Mot de passe oublié",
            Self::ResetPassword => "Nouveau mot de passe choisi par un lien",
            Self::ResetPasswordError => "Lien qui ne servait plus",
            Self::AcceptTerms => "Conditions d’utilisation acceptées",
            Self::ChangePassword => "Mot de passe changé",
            Self::ChangePasswordError => "Changement de mot de passe refusé",
            Self::ChangeWeakPassword => "Mot de passe trop faible remplacé",
            Self::EditUserInfo => "Nom ou adresse modifiés",
            Self::EditUserInfoError => "Modification du nom ou de l’adresse refusée",
            Self::CreateOtpDevice => "Application de codes ajoutée",
            Self::ConfirmOtpDevice => "Application de codes vérifiée",
            Self::VerifyOtpDevice => "Code d’application accepté",
            Self::VerifyOtpDeviceError => "Code d’application, ou de secours, refusé",
            Self::DeleteOtpDevice => "Application de codes retirée",
            Self::CreatePasskey => "Clé d’accès ajoutée",
            Self::VerifyPasskey => "Clé d’accès acceptée",
            Self::VerifyPasskeyError => "Clé d’accès refusée",
            Self::DeletePasskey => "Clé d’accès retirée",
            Self::CreateBackupCodes => "Codes de secours remis",
            Self::UseBackupCode => "Code de secours utilisé",
            Self::RevokeToken => "Jeton rendu par le service",
            Self::BackchannelLogout => "Service prévenu de la déconnexion",
            Self::BackchannelLogoutError => "Service non prévenu de la déconnexion",
        }
    }
}

/// A fixed word of the program, in French; as it is when it only helps to find the line in the code.
fn reason(detail: &str) -> &str {
    match detail {
        "wrong_password" => "mot de passe faux",
        "unknown_account" => "compte inconnu",
        "closed_account" | "closed" => "compte fermé",
        "locked" => "trop d’échecs",
        "wrong" => "faux",
        "one_session" => "une session",
        "other_sessions" => "les autres sessions",
        "names" => "nom",
        "email" => "adresse",
        "email_asked" => "adresse demandée",
        "email_cancelled" => "refusée par l’ancienne adresse",
        "operator" => "par l’équipe",
        "account" => "compte",
        "reopened" => "compte rouvert",
        "factors_forgotten" => "double authentification retirée",
        "operator_made" => "droits d’administration donnés",
        "operator_unmade" => "droits d’administration retirés",
        "reset_link" => "lien envoyé",
        "reset_link_copied" => "lien montré à l’équipe",
        "password_voided" => "mot de passe annulé, lien envoyé",
        "refresh" => "renouvelé",
        "taken" => "adresse prise",
        "over" => "trop tard",
        "private_address" => "adresse interne, non jointe",
        "unreachable" => "ne répond pas",
        "refused" => "refusé",
        other => other,
    }
}

impl Line {
    /// What happened, in French.
    pub fn what(&self) -> String {
        let label = Name::parse(&self.name).map_or(self.name.as_str(), |name| name.label());
        match self.detail.as_deref() {
            Some(detail) => format!("{label} ({})", reason(detail)),
            None => label.to_owned(),
        }
    }
}
