-- The pots of one period, part by part.
CREATE INDEX pots_period ON pots (period, asset);
