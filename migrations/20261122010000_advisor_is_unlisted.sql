ALTER TABLE candidate_relations ADD COLUMN advisor_is_unlisted boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN candidate_relations.advisor_is_unlisted IS
    'The professional acted, but said that whoever accompanies the person has no account (SUB-62, ASG-2: nobody is then shown as last known advisor).';
