-- Whether a pot was shared among proven ancestors only, which the second version of the formula does.
ALTER TABLE pots ADD COLUMN proven_only BOOLEAN NOT NULL DEFAULT FALSE;
