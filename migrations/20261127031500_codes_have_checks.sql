-- Codes that no list held: the same as their Rust enums, compared by a test (migrations/README.md).

ALTER TABLE situation_points
    ADD CONSTRAINT situation_points_topic_check CHECK (topic IN (
        'labour_market', 'training', 'career', 'inactivity', 'mobility', 'health', 'language', 'finances',
        'family', 'housing', 'justice', 'age', 'expectations', 'support'
    )),
    ADD CONSTRAINT situation_points_assessment_check CHECK (assessment IN (
        'not_discussed', 'strength', 'no_obstacle', 'being_addressed', 'obstacle', 'noted'
    ));

ALTER TABLE candidates
    ADD CONSTRAINT candidates_education_level_check CHECK (education_level IN (
        '01', '70', '00', '60', '50', '51', '41', '40', '30', '20', '10'
    ));

-- The first transition of an application comes from no state.
ALTER TABLE application_transitions
    ADD CONSTRAINT application_transitions_from_state_check CHECK (from_state IN (
        'new', 'processing', 'postponed', 'pool', 'prior_to_hire', 'accepted', 'refused', 'cancelled', 'obsolete'
    )),
    ADD CONSTRAINT application_transitions_to_state_check CHECK (to_state IN (
        'new', 'processing', 'postponed', 'pool', 'prior_to_hire', 'accepted', 'refused', 'cancelled', 'obsolete'
    ));

-- What a PASS remembers of the hire it was issued for.
ALTER TABLE passes
    ADD CONSTRAINT passes_origin_company_kind_check CHECK (origin_company_kind IN (
        'ACI', 'AI', 'EI', 'EITI', 'ETTI', 'GEIQ', 'OPCS'
    )),
    ADD CONSTRAINT passes_origin_sender_kind_check CHECK (origin_sender_kind IN ('job_seeker', 'prescriber', 'employer')),
    ADD CONSTRAINT passes_origin_prescriber_kind_check CHECK (origin_prescriber_kind IN (
        'AFPA', 'ASE', 'CAARUD', 'CADA', 'CAF', 'CAP_EMPLOI', 'CAVA', 'CCAS', 'CHRS', 'CHU', 'CIDFF', 'CPH', 'CSAPA',
        'DEPT', 'E2C', 'EPIDE', 'FT', 'HUDA', 'ML', 'MSA', 'OACAS', 'OCASF', 'ODC', 'OHPD', 'OIL', 'PENSION',
        'PIJ_BIJ', 'PJJ', 'PLIE', 'PREVENTION', 'RS_FJT', 'SPIP', 'OTHER'
    ));
