-- Where in its block an asset's mint stands, and the licences of a block in order: its list of events has both. Nothing is known of
-- assets that the chain began with, and of those that were indexed before.
ALTER TABLE assets ADD COLUMN minted_event BIGINT;
CREATE INDEX assets_minted ON assets (minted_in, minted_event) WHERE minted_event IS NOT NULL;
CREATE INDEX licences_event ON licences (height, event);
