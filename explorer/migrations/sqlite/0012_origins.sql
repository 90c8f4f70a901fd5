-- Which events a transaction left: they stand together in their block, so the first one and how many they are say of each event
-- which transaction it is of. Nothing is known of transactions that were indexed before.
ALTER TABLE extrinsics ADD COLUMN first_event INTEGER;
ALTER TABLE extrinsics ADD COLUMN events INTEGER;
CREATE INDEX extrinsics_events ON extrinsics (height, first_event, events);
