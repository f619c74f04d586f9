//! What every `policy.rs` answers with, and the list of actions the permission matrix prints.

use crate::code::code;
use crate::event::Aggregate;

/// Why an actor may not act on a thing they may see. What they may not see is not found, never denied (TEN-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Another role is needed, whatever the organisation.
    #[error("this role may not do this")]
    Role,
    /// Only a prescripteur habilité may do this: the organisation is not authorised today (PRE-14).
    #[error("the organisation is not authorised to prescribe")]
    NotAuthorised,
    /// The thing belongs to another organisation of the same person: they must switch (ACL-2).
    #[error("the thing belongs to another organisation")]
    OtherOrganisation,
    /// Only SIAE are concerned.
    #[error("the company is not an SIAE")]
    NotSiae,
}

code! {
    /// Every action of the platform that a policy decides, for the permission matrix.
    Action {
        OpenCandidateFile = "candidate.open", "Ouvrir le dossier d’un candidat";
        SeeIdentity = "candidate.see_identity", "Voir l’identité d’un candidat";
        ListCandidates = "candidate.list", "Lister les personnes accompagnées";
        CheckIdentity = "candidate.check_identity", "Vérifier l’identité derrière une candidature ou un PASS IAE";
        LookUpCandidate = "candidate.look_up", "Rechercher un candidat par NIR ou e-mail";
        CreateCandidate = "candidate.create", "Créer un candidat";
        UpdateCandidate = "candidate.update", "Modifier le dossier d’un candidat";
        AttachNir = "candidate.attach_nir", "Ajouter au dossier trouvé le NIR recherché";
        AskNirCorrection = "candidate.ask_correction", "Demander la correction d’un NIR";
        DecideNirCorrection = "candidate.decide_correction", "Accepter ou refuser la correction d’un NIR";
        SubmitApplication = "application.submit", "Envoyer une candidature";
        ListApplications = "application.list", "Lister les candidatures, les compter, les exporter";
        ListSentElsewhere = "application.list_elsewhere", "Lister les candidatures envoyées à d’autres structures";
        ReadSentApplication = "application.read_sent", "Lire une candidature envoyée";
        ReadReceivedApplication = "application.read_received", "Lire une candidature reçue";
        ProcessApplication = "application.process", "Mettre une candidature à l’étude";
        PostponeApplication = "application.postpone", "Mettre une candidature en attente";
        RemindApplication = "application.remind", "Relancer l’employeur d’une candidature";
        RefuseApplication = "application.refuse", "Décliner une candidature";
        AcceptApplication = "application.accept", "Accepter une candidature";
        CancelHire = "application.cancel", "Annuler une embauche faite par erreur";
        ReadDocument = "document.read", "Lire un document d’une candidature";
        MakePrescriberDiagnosis = "diagnosis.prescribe", "Valider l’éligibilité sans critère";
        MakeEmployerDiagnosis = "diagnosis.self_prescribe", "Valider l’éligibilité sur critères (auto-prescription)";
        ListPasses = "pass.list", "Lister les PASS IAE";
        ReadPass = "pass.read", "Lire un PASS IAE";
        SuspendPass = "pass.suspend", "Suspendre un PASS IAE, modifier ou lever sa suspension";
        ClosePass = "pass.close", "Clôturer un PASS IAE après plus d’un an de suspension";
        DeliverPass = "pass.deliver", "Délivrer un PASS IAE à la main, ou le refuser";
        CorrectPass = "pass.correct", "Corriger les dates d’un PASS IAE";
        PrintCertificate = "pass.print_certificate", "Imprimer l’attestation d’un PASS IAE";
        ProlongPass = "pass.prolong", "Déclarer ou demander une prolongation";
        ListProlongations = "prolongation.list", "Lister les demandes de prolongation";
        DecideProlongation = "prolongation.decide", "Lire une demande de prolongation, l’accepter, la refuser, la confier";
        ReadProlongationDenial = "prolongation.read_denial", "Lire la lettre de refus d’une prolongation";
        ReadProlongationReport = "prolongation.read_report", "Lire le bilan joint à une demande de prolongation";
        ReadSelfPrescriptions = "self_prescription.read", "Lire les auto-prescriptions d’un département";
        TurnCampaign = "control_campaign.turn", "Ouvrir une campagne de contrôle, la faire avancer";
        ReadCampaigns = "control_campaign.list", "Lister les campagnes de contrôle";
        SetRatio = "control_campaign.set_ratio", "Choisir le taux d’une campagne de contrôle";
        ReadDraw = "control_campaign.read_draw", "Lire le calendrier d’une campagne, et comment son tirage a été fait";
        DefendControl = "control.defend", "Justifier les auto-prescriptions tirées au sort";
        ReviewControl = "control.review", "Contrôler une structure tirée au sort";
        ReadProof = "control.read_proof", "Lire un justificatif transmis";
        DecideControl = "control.decide", "Décider d’un résultat négatif, modifier la décision après un recours";
        ReadControlOutcome = "control.read_outcome", "Lire la décision notifiée à une structure";
        TakeControlFile = "control.take_file", "Télécharger le dossier d’un contrôle clos";
        KeepEligibilityProof = "eligibility_proof.keep", "Conserver les justificatifs de ses auto-prescriptions";
        ReadPresentation = "organisation.read_presentation", "Lire la présentation de son organisation";
        PublishProfile = "organisation.publish_profile", "Publier la fiche de son organisation";
        TurnOpenings = "organisation.turn_openings", "Suspendre et reprendre les candidatures, spontanées ou non";
        ReadAnnexes = "organisation.read_annexes", "Lire les annexes financières, choisir celle d’une antenne";
        AddAntenna = "organisation.add_antenna", "Ajouter une antenne";
        ListAgreed = "organisation.list_agreed", "Lister les organisations conventionnées par le département";
        ReadMembers = "organisation.members", "Lire qui sont ses collaborateurs, et qui est invité";
        AdministerMembers = "organisation.administer", "Nommer un administrateur, retirer un collaborateur";
        AskToAdminister = "organisation.ask_to_administer", "Demander le statut d’administrateur";
        InviteMember = "invitation.send", "Inviter un collaborateur";
        RevokeInvitation = "invitation.revoke", "Annuler l’invitation d’un collègue";
        ApplyForHabilitation = "habilitation.apply", "Demander l’habilitation de son organisation";
        ReadHabilitation = "habilitation.read", "Lire les demandes d’habilitation d’un département";
        InstructHabilitation = "habilitation.instruct", "Instruire une demande d’habilitation, décider";
        ReadHabilitationPiece = "habilitation.read_piece", "Lire une pièce d’une demande d’habilitation transmise";
        DecideAuthorisation = "organisation.decide_authorisation", "Valider ou refuser l’habilitation d’une organisation, changer sa nature";
        RecordSuccession = "organisation.succession", "Enregistrer un changement de SIRET, une fusion, une scission";
        TransferOrganisation = "organisation.transfer", "Fusionner des organisations, transférer les données d’une structure";
        ReadAccessLog = "organisation.access_log", "Lire le journal des accès d’une organisation";
        TakeExport = "export.take", "Suivre et télécharger un export";
        ReadOutbox = "admin.outbox", "Lire la boîte d’envoi";
        SendEmailAgain = "email.send_again", "Renvoyer un message abandonné";
        ReadImports = "import.read", "Lire les imports de fichiers officiels et leurs rejets";
        ConfirmDeactivations = "import.confirm", "Confirmer un grand nombre de désactivations de conventions";
        ReadJobs = "admin.jobs", "Lire les tâches de fond";
        WriteAnnouncement = "announcement.write", "Lire les annonces de l’équipe, en publier, en modifier, en retirer";
        ReadInvitations = "invitation.read", "Lire les invitations de toutes les structures";
        ChangeInvitations = "invitation.change", "Renvoyer ou annuler l’invitation d’une structure";
        ReadOrganisations = "organisation.read_by_team", "Lire les structures, leurs membres et leurs conventions";
        TendOrganisations = "organisation.tend", "Créer une structure, la modifier, changer ses membres, sa convention, sa visibilité";
        ReadAudit = "admin.audit", "Lire le journal d’audit";
        Impersonate = "account.impersonate", "Voir la plateforme à la place de quelqu’un";
        ReadAccounts = "account.read", "Trouver un compte, le lire";
        ChangeAccounts = "account.change", "Désactiver un compte, le réactiver, changer son adresse ou son identifiant de connexion";
        ClosePasswords = "account.close_passwords", "Fermer la connexion par mot de passe de plusieurs comptes";
        MergeAccounts = "account.merge", "Fusionner deux comptes d’un même professionnel";
        TransferCandidateData = "candidate.transfer_data", "Transférer les données d’un dossier vers un autre de la même personne";
    }
}

impl Action {
    /// What it is done to; none for what happens to nothing: the outbox, the tasks, the audit trail.
    pub const fn aggregate(self) -> Option<Aggregate> {
        match self {
            Self::OpenCandidateFile
            | Self::SeeIdentity
            | Self::CheckIdentity
            | Self::ListCandidates
            | Self::LookUpCandidate
            | Self::CreateCandidate
            | Self::UpdateCandidate
            | Self::AttachNir
            | Self::AskNirCorrection
            | Self::DecideNirCorrection
            | Self::TransferCandidateData => Some(Aggregate::Candidate),
            Self::SubmitApplication => Some(Aggregate::Draft),
            Self::ListApplications
            | Self::ListSentElsewhere
            | Self::ReadSentApplication
            | Self::ReadReceivedApplication
            | Self::ProcessApplication
            | Self::PostponeApplication
            | Self::RemindApplication
            | Self::RefuseApplication
            | Self::AcceptApplication
            | Self::CancelHire
            | Self::ReadDocument => Some(Aggregate::Application),
            Self::MakePrescriberDiagnosis
            | Self::MakeEmployerDiagnosis
            | Self::KeepEligibilityProof
            | Self::ReadSelfPrescriptions => Some(Aggregate::Diagnosis),
            Self::ListPasses
            | Self::ReadPass
            | Self::SuspendPass
            | Self::ClosePass
            | Self::DeliverPass
            | Self::CorrectPass
            | Self::PrintCertificate
            | Self::ProlongPass
            | Self::ListProlongations
            | Self::DecideProlongation
            | Self::ReadProlongationDenial
            | Self::ReadProlongationReport => Some(Aggregate::Pass),
            Self::TurnCampaign | Self::ReadCampaigns | Self::SetRatio | Self::ReadDraw => {
                Some(Aggregate::Campaign)
            }
            Self::DefendControl
            | Self::ReviewControl
            | Self::ReadProof
            | Self::DecideControl
            | Self::ReadControlOutcome
            | Self::TakeControlFile => Some(Aggregate::Control),
            Self::ReadMembers | Self::AdministerMembers | Self::AskToAdminister => Some(Aggregate::Member),
            Self::InviteMember | Self::RevokeInvitation | Self::ReadInvitations | Self::ChangeInvitations => {
                Some(Aggregate::Invitation)
            }
            Self::WriteAnnouncement => Some(Aggregate::Announcement),
            Self::ReadPresentation
            | Self::PublishProfile
            | Self::TurnOpenings
            | Self::ReadAnnexes
            | Self::AddAntenna
            | Self::ListAgreed
            | Self::DecideAuthorisation
            | Self::RecordSuccession
            | Self::TransferOrganisation
            | Self::ReadOrganisations
            | Self::TendOrganisations
            | Self::ReadAccessLog => Some(Aggregate::Organisation),
            Self::ApplyForHabilitation
            | Self::ReadHabilitation
            | Self::InstructHabilitation
            | Self::ReadHabilitationPiece => Some(Aggregate::Habilitation),
            Self::TakeExport => Some(Aggregate::Export),
            Self::SendEmailAgain => Some(Aggregate::Email),
            Self::ReadImports | Self::ConfirmDeactivations => Some(Aggregate::Import),
            Self::Impersonate
            | Self::ReadAccounts
            | Self::ChangeAccounts
            | Self::ClosePasswords
            | Self::MergeAccounts => Some(Aggregate::Account),
            Self::ReadOutbox | Self::ReadJobs | Self::ReadAudit => None,
        }
    }
}
