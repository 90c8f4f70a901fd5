-- The last event that each webhook was told of, or need not be told of.
CREATE TABLE webhooks (
	name TEXT PRIMARY KEY,
	account TEXT NOT NULL,
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	part INTEGER NOT NULL
) WITHOUT ROWID;
