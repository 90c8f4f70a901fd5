-- The last event that each webhook was told of, or need not be told of.
CREATE TABLE webhooks (
	name TEXT PRIMARY KEY,
	account TEXT NOT NULL,
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	part BIGINT NOT NULL
);
