-- What the explorer keeps of finalized blocks. Amounts that moved are whole micro-U in 64 bits; what people merely state
-- (fees, prices, units) is decimal text, because nothing bounds it. Hashes are hexadecimal, accounts SS58, moments
-- milliseconds since the Unix epoch, periods months since year 0.

CREATE TABLE chain (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

-- The last block that was taken in whole: one row.
CREATE TABLE cursor (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	height INTEGER NOT NULL,
	hash TEXT NOT NULL
);

CREATE TABLE blocks (
	height INTEGER PRIMARY KEY,
	hash TEXT NOT NULL UNIQUE,
	parent TEXT NOT NULL,
	state_root TEXT NOT NULL,
	at INTEGER NOT NULL,
	spec_version INTEGER NOT NULL,
	extrinsics INTEGER NOT NULL,
	events INTEGER NOT NULL,
	author TEXT
);
CREATE INDEX blocks_author ON blocks (author, height);

CREATE TABLE extrinsics (
	height INTEGER NOT NULL,
	position INTEGER NOT NULL,
	hash TEXT NOT NULL,
	pallet TEXT NOT NULL,
	call TEXT NOT NULL,
	signer TEXT,
	fee TEXT,
	fee_currency TEXT,
	ok BOOLEAN NOT NULL,
	error TEXT,
	args TEXT NOT NULL,
	PRIMARY KEY (height, position)
) WITHOUT ROWID;
CREATE INDEX extrinsics_hash ON extrinsics (hash);
CREATE INDEX extrinsics_signer ON extrinsics (signer, height, position);

CREATE TABLE transfers (
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	currency TEXT NOT NULL,
	sender TEXT NOT NULL,
	receiver TEXT NOT NULL,
	amount TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (height, event)
) WITHOUT ROWID;
CREATE INDEX transfers_sender ON transfers (sender, height, event);
CREATE INDEX transfers_receiver ON transfers (receiver, height, event);
