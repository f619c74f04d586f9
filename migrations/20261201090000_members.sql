-- Members, invitations, departures, requests to administer (rule book 01 §6, §7).

ALTER TABLE memberships
    ADD COLUMN updated_by uuid CONSTRAINT memberships_updated_by_fkey REFERENCES users (id),
    ADD COLUMN departure_asked_at timestamptz;
COMMENT ON COLUMN memberships.updated_at IS 'When it last changed: what a form that changes it was made from (D32).';
COMMENT ON COLUMN memberships.updated_by IS 'Who changed it last; null when the platform did.';
COMMENT ON COLUMN memberships.departure_asked_at IS 'When the member last asked to leave: nobody leaves alone (MEM-10).';
CREATE INDEX memberships_updated_by_idx ON memberships (updated_by) WHERE updated_by IS NOT NULL;

ALTER TABLE organisations ADD COLUMN members_review_asked_at timestamptz;
COMMENT ON COLUMN organisations.members_review_asked_at IS 'When those who administer it were last asked to read its members again (MEM-14).';

CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    sender_id uuid NOT NULL REFERENCES users (id),
    email text NOT NULL CONSTRAINT invitations_email_check CHECK (email = lower(email) AND email <> ''),
    first_name text NOT NULL,
    last_name text NOT NULL,
    token text NOT NULL CONSTRAINT invitations_token_check CHECK (char_length(token) BETWEEN 20 AND 100),
    created_at timestamptz NOT NULL,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    accepted_by uuid REFERENCES users (id),
    revoked_at timestamptz,
    CONSTRAINT invitations_dates_check CHECK (created_at <= sent_at AND sent_at < expires_at),
    CONSTRAINT invitations_accepted_check CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CONSTRAINT invitations_end_check CHECK (num_nonnulls(accepted_at, revoked_at) < 2)
);
COMMENT ON TABLE invitations IS 'Invitations to join an organisation (rule book 01 §7); those nobody accepted go half a year after they expired.';
COMMENT ON COLUMN invitations.email IS 'Lower case: whoever accepts must have proved that it is theirs (INV-8).';
COMMENT ON COLUMN invitations.token IS 'What the link says besides the id: it shows who invites whom, and is not enough to accept. Kept as it is, since every member may copy the link (MEM-15).';
COMMENT ON COLUMN invitations.sent_at IS 'When it was sent, the last time.';
CREATE INDEX invitations_pending_idx ON invitations (organisation_id, expires_at)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitations_email_idx ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitations_organisation_idx ON invitations (organisation_id);
CREATE INDEX invitations_sender_idx ON invitations (sender_id);
CREATE INDEX invitations_accepted_by_idx ON invitations (accepted_by);

CREATE TABLE admin_requests (
    id uuid PRIMARY KEY,
    membership_id uuid NOT NULL REFERENCES memberships (id),
    token text NOT NULL CONSTRAINT admin_requests_token_check CHECK (char_length(token) BETWEEN 20 AND 100),
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT admin_requests_dates_check CHECK (asked_at < expires_at)
);
COMMENT ON TABLE admin_requests IS 'Requests of a member to administer a company that nobody administers, sent to its official address (MEM-11, MEM-12).';
COMMENT ON COLUMN admin_requests.token IS 'What the link says besides the id: whoever holds it still has to be the one who asked.';
CREATE INDEX admin_requests_membership_idx ON admin_requests (membership_id, asked_at DESC);

CREATE TABLE member_handovers (
    membership_id uuid NOT NULL REFERENCES memberships (id),
    left_at timestamptz NOT NULL,
    held text NOT NULL CONSTRAINT member_handovers_held_check CHECK (held IN (
        'applications', 'drafts', 'accompaniments', 'prolongations_to_answer', 'prolongations_asked', 'nir_corrections'
    )),
    count integer NOT NULL CONSTRAINT member_handovers_count_check CHECK (count > 0),
    to_user_id uuid NOT NULL REFERENCES users (id),
    PRIMARY KEY (membership_id, left_at, held)
);
COMMENT ON TABLE member_handovers IS 'What somebody held when they left an organisation, and whose it became (MEM-7).';
COMMENT ON COLUMN member_handovers.left_at IS 'When they left: one may come back and leave again.';
CREATE INDEX member_handovers_to_user_idx ON member_handovers (to_user_id);

CREATE TABLE followers (
    subject_kind text NOT NULL CONSTRAINT followers_subject_kind_check CHECK (subject_kind IN (
        'application', 'prolongation_request', 'nir_correction'
    )),
    subject_id uuid NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    user_id uuid NOT NULL REFERENCES users (id),
    since timestamptz NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
);
COMMENT ON TABLE followers IS 'Who follows a thing in place of whoever began it for an organisation, and left it: they are told what that person would have been.';
COMMENT ON COLUMN followers.subject_id IS 'The thing, as mails name what they are about.';
CREATE INDEX followers_user_idx ON followers (user_id, organisation_id);
CREATE INDEX followers_organisation_idx ON followers (organisation_id);

CREATE FUNCTION follows_application(application uuid, reader uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT FROM followers f
    WHERE f.subject_kind = 'application' AND f.subject_id = application AND f.user_id = reader
);
COMMENT ON FUNCTION follows_application(uuid, uuid) IS
    'Whether an application that somebody sent before they left is this reader''s to follow.';

ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'prolongations', 'candidates', 'self_prescriptions', 'self_prescribers',
    'control_campaigns', 'controls', 'members', 'access_log', 'audit_trail', 'emails', 'jobs'
));
