-- What stands for the contract of a post created at a hire is French: it is written by the platform, with its apostrophe.
UPDATE job_descriptions
SET other_contract = 'Poste créé à l’embauche'
WHERE is_created_at_hiring;
