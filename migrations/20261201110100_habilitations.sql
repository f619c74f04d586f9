-- Habilitation by the prefect (D15; guide P2 §1.1): asked for on line on the four points of the instruction, instructed by the DDETS of
-- the département, granted by an order that runs five years at the most, renewed on an assessment.

CREATE TABLE habilitations (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES prescriber_organisations (organisation_id),
    department_code text NOT NULL REFERENCES departments (code),
    is_renewal boolean NOT NULL,
    is_recorded boolean NOT NULL,
    state text NOT NULL CONSTRAINT habilitations_state_check CHECK (state IN (
        'draft', 'submitted', 'completing', 'granted', 'refused', 'revoked'
    )),
    identified text NOT NULL DEFAULT '' CONSTRAINT habilitations_identified_check CHECK (char_length(identified) <= 3000),
    mission text NOT NULL DEFAULT '' CONSTRAINT habilitations_mission_check CHECK (char_length(mission) <= 3000),
    staff text NOT NULL DEFAULT '' CONSTRAINT habilitations_staff_check CHECK (char_length(staff) <= 3000),
    need text NOT NULL DEFAULT '' CONSTRAINT habilitations_need_check CHECK (char_length(need) <= 3000),
    agreements text NOT NULL DEFAULT '' CONSTRAINT habilitations_agreements_check CHECK (char_length(agreements) <= 3000),
    local_bodies text NOT NULL DEFAULT '' CONSTRAINT habilitations_local_bodies_check CHECK (char_length(local_bodies) <= 3000),
    complement text,
    opinion text CONSTRAINT habilitations_opinion_check CHECK (opinion IN ('favourable', 'unfavourable', 'not_given')),
    opinion_on date,
    opinion_words text NOT NULL DEFAULT '',
    order_number text,
    ordered_on date,
    starts_on date,
    ends_on date,
    reason text,
    begun_at timestamptz NOT NULL,
    submitted_at timestamptz,
    decided_at timestamptz,
    changed_by uuid REFERENCES users (id),
    changed_at timestamptz NOT NULL,
    announced_months smallint CONSTRAINT habilitations_announced_months_check CHECK (announced_months BETWEEN 1 AND 6),
    ended_at timestamptz,
    CONSTRAINT habilitations_submitted_check CHECK (is_recorded OR (state = 'draft') = (submitted_at IS NULL)),
    CONSTRAINT habilitations_decided_check CHECK (
        (state = 'granted' OR state = 'refused' OR state = 'revoked') = (decided_at IS NOT NULL)
    ),
    CONSTRAINT habilitations_opinion_given_check CHECK (
        (opinion IS NOT NULL AND opinion <> 'not_given') = (opinion_on IS NOT NULL)
    ),
    CONSTRAINT habilitations_order_check CHECK (
        num_nonnulls(order_number, ordered_on, starts_on, ends_on)
            = CASE WHEN state = 'granted' OR state = 'revoked' THEN 4 ELSE 0 END
    ),
    -- Five years at the most (guide P2 §1.1).
    CONSTRAINT habilitations_period_check CHECK (
        ordered_on <= starts_on AND starts_on <= ends_on AND ends_on < starts_on + interval '5 years'
    ),
    CONSTRAINT habilitations_reason_check CHECK (
        (state = 'refused' OR state = 'revoked') = (reason IS NOT NULL)
    ),
    CONSTRAINT habilitations_ended_check CHECK (ended_at IS NULL OR state = 'granted' OR state = 'revoked')
);
COMMENT ON TABLE habilitations IS 'Requests of organisations to be authorised by the prefect, and the orders that granted them, those made before the platform included.';
COMMENT ON COLUMN habilitations.department_code IS 'The département whose DDETS instructs it: that of the organisation when it was begun.';
COMMENT ON COLUMN habilitations.is_renewal IS 'The organisation had the right already: its assessment is read.';
COMMENT ON COLUMN habilitations.is_recorded IS 'No request was made here: an order made before, or elsewhere, was entered.';
COMMENT ON COLUMN habilitations.identified IS 'Point 1 of the instruction: how the services of the State know the organisation.';
COMMENT ON COLUMN habilitations.mission IS 'Point 2: whom it receives or accompanies.';
COMMENT ON COLUMN habilitations.staff IS 'Point 3: who makes the social and professional diagnosis, and what they know of the IAE.';
COMMENT ON COLUMN habilitations.need IS 'Point 4: the need that national prescribers do not meet.';
COMMENT ON COLUMN habilitations.agreements IS 'Declared at a renewal: agreements with the structures of the territory.';
COMMENT ON COLUMN habilitations.local_bodies IS 'Declared at a renewal: part taken in the local bodies.';
COMMENT ON COLUMN habilitations.complement IS 'What the DDETS asked for last.';
COMMENT ON COLUMN habilitations.opinion IS 'Of the departmental commission (CDIAE).';
COMMENT ON COLUMN habilitations.ends_on IS 'The last day of the right.';
COMMENT ON COLUMN habilitations.reason IS 'Why it was refused, or revoked.';
COMMENT ON COLUMN habilitations.changed_by IS 'Who changed it last; null when the platform did.';
COMMENT ON COLUMN habilitations.announced_months IS 'The last announcement of its end that was sent: 6, 3, or 1 month before.';
COMMENT ON COLUMN habilitations.ended_at IS 'When its end was told, and the requests of prolongation that waited were given back. The right itself ended with its last day.';
CREATE UNIQUE INDEX habilitations_open_key ON habilitations (organisation_id)
    WHERE state IN ('draft', 'submitted', 'completing');
CREATE INDEX habilitations_organisation_idx ON habilitations (organisation_id);
CREATE INDEX habilitations_department_idx ON habilitations (department_code, begun_at);
CREATE INDEX habilitations_running_idx ON habilitations (ends_on) WHERE state = 'granted' AND ended_at IS NULL;
CREATE INDEX habilitations_changed_by_idx ON habilitations (changed_by);

CREATE TABLE habilitation_pieces (
    id uuid PRIMARY KEY,
    habilitation_id uuid NOT NULL REFERENCES habilitations (id),
    label text NOT NULL CONSTRAINT habilitation_pieces_label_check CHECK (char_length(label) BETWEEN 1 AND 100),
    given_by uuid NOT NULL REFERENCES users (id),
    given_at timestamptz NOT NULL
);
COMMENT ON TABLE habilitation_pieces IS 'Files given with a request of habilitation, or the scan of an order that was entered.';
CREATE INDEX habilitation_pieces_habilitation_idx ON habilitation_pieces (habilitation_id);
CREATE INDEX habilitation_pieces_given_by_idx ON habilitation_pieces (given_by);

-- The staff queue: those that wait (PRE-7, PRE-12).
CREATE INDEX prescriber_organisations_waiting_idx ON prescriber_organisations (organisation_id)
    WHERE authorisation_status = 'NOT_SET';
