-- no-transaction
-- The public directory of authorised prescribers, around a commune (PRE-28).
CREATE INDEX CONCURRENTLY organisations_prescriber_position_idx ON organisations (latitude, longitude) WHERE family = 'prescriber';
