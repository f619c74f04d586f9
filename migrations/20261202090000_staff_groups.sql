-- What a member of the team may do, by groups whose rights are said in domain/src/staff/group.rs (STF-1).
CREATE TABLE staff_groups (
    user_id uuid NOT NULL,
    kind text NOT NULL DEFAULT 'itou_staff' CONSTRAINT staff_groups_kind_check CHECK (kind = 'itou_staff'),
    code text NOT NULL CONSTRAINT staff_groups_code_check CHECK (code IN (
        'admin', 'admin_readonly', 'pilotage', 'pilotage_readonly', 'controls', 'disable_passwords'
    )),
    since timestamptz NOT NULL,
    PRIMARY KEY (user_id, code),
    CONSTRAINT staff_groups_user_fkey FOREIGN KEY (user_id, kind) REFERENCES users (id, kind) ON DELETE CASCADE
);
COMMENT ON TABLE staff_groups IS 'Groups of members of the team; given and taken with iae staff, never from the pages.';
COMMENT ON COLUMN staff_groups.kind IS 'Always the kind of the account, which the foreign key holds to: nobody else is in a group.';

-- Why the team did something to somebody’s account, or to the file of a candidate, which has the same id (STF-2).
CREATE TABLE account_remarks (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT account_remarks_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    written_by uuid NOT NULL CONSTRAINT account_remarks_written_by_fkey REFERENCES users (id),
    written_at timestamptz NOT NULL,
    act text NOT NULL CONSTRAINT account_remarks_act_check CHECK (act <> ''),
    remark text NOT NULL CONSTRAINT account_remarks_remark_check CHECK (char_length(remark) BETWEEN 1 AND 500)
);
COMMENT ON TABLE account_remarks IS 'Remarks of the support on an account, each kept with the act it explains. Read by the team alone.';
COMMENT ON COLUMN account_remarks.act IS 'Name of the event in the audit trail, which never holds the remark itself.';
CREATE INDEX account_remarks_user_idx ON account_remarks (user_id, written_at DESC, id DESC);
CREATE INDEX account_remarks_written_by_idx ON account_remarks (written_by);

-- The same of an organisation.
CREATE TABLE organisation_remarks (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    written_by uuid NOT NULL CONSTRAINT organisation_remarks_written_by_fkey REFERENCES users (id),
    written_at timestamptz NOT NULL,
    act text NOT NULL CONSTRAINT organisation_remarks_act_check CHECK (act <> ''),
    remark text NOT NULL CONSTRAINT organisation_remarks_remark_check CHECK (char_length(remark) BETWEEN 1 AND 500)
);
COMMENT ON TABLE organisation_remarks IS 'Remarks of the support on an organisation, each kept with the act it explains. Read by the team alone.';
COMMENT ON COLUMN organisation_remarks.organisation_id IS 'No foreign key: a remark outlives an organisation that another one replaced.';
COMMENT ON COLUMN organisation_remarks.act IS 'Name of the event in the audit trail, which never holds the remark itself.';
CREATE INDEX organisation_remarks_organisation_idx ON organisation_remarks (organisation_id, written_at DESC, id DESC);
CREATE INDEX organisation_remarks_written_by_idx ON organisation_remarks (written_by);

-- What the team does to accounts.
ALTER TABLE users
    ADD COLUMN subject_change_armed_at timestamptz,
    ADD COLUMN upcoming_deletion_notified_at timestamptz;
COMMENT ON COLUMN users.subject_change_armed_at IS
    'Since when the next sign-in with this address may come under another subject of the same provider (OID-12); null once any sign-in by a provider happened.';
COMMENT ON COLUMN users.upcoming_deletion_notified_at IS
    'When it was told that the account would go, nobody using it (USR-16).';

ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'prolongations', 'candidates', 'self_prescriptions', 'self_prescribers',
    'control_campaigns', 'controls', 'habilitations', 'authorisations', 'authorised_prescribers', 'members', 'access_log', 'audit_trail',
    'users', 'emails', 'jobs'
));
