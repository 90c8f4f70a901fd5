-- What the explorer keeps of finalized blocks. Amounts that moved are whole micro-U in 64 bits; what people merely state
-- (fees, prices, units) is decimal text, because nothing bounds it. Hashes are hexadecimal, accounts SS58, moments
-- milliseconds since the Unix epoch, periods months since year 0.

CREATE TABLE chain (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- The last block that was taken in whole: one row.
CREATE TABLE cursor (
	id BIGINT PRIMARY KEY CHECK (id = 1),
	height BIGINT NOT NULL,
	hash TEXT NOT NULL
);

CREATE TABLE blocks (
	height BIGINT PRIMARY KEY,
	hash TEXT COLLATE "C" NOT NULL UNIQUE,
	parent TEXT NOT NULL,
	state_root TEXT NOT NULL,
	at BIGINT NOT NULL,
	spec_version BIGINT NOT NULL,
	extrinsics BIGINT NOT NULL,
	events BIGINT NOT NULL,
	author TEXT
);
CREATE INDEX blocks_author ON blocks (author, height);

CREATE TABLE extrinsics (
	height BIGINT NOT NULL,
	position BIGINT NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	pallet TEXT NOT NULL,
	call TEXT NOT NULL,
	signer TEXT,
	fee TEXT,
	fee_currency TEXT,
	ok BOOLEAN NOT NULL,
	error TEXT,
	args TEXT NOT NULL,
	PRIMARY KEY (height, position)
);
CREATE INDEX extrinsics_hash ON extrinsics (hash);
CREATE INDEX extrinsics_signer ON extrinsics (signer, height, position);

CREATE TABLE transfers (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	currency TEXT NOT NULL,
	sender TEXT NOT NULL,
	receiver TEXT NOT NULL,
	amount TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE INDEX transfers_sender ON transfers (sender, height, event);
CREATE INDEX transfers_receiver ON transfers (receiver, height, event);
