-- What a company answers as it puts an application on hold stays readable once a later answer takes its place (WF-6).
ALTER TABLE application_transitions ADD COLUMN answer text NOT NULL DEFAULT '';
COMMENT ON COLUMN application_transitions.answer IS 'What the company answered as it put the application on hold; empty for every other transition, and for those of before this column.';
