CREATE TABLE domains (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	medical BOOLEAN NOT NULL
);

CREATE TABLE assets (
	id INTEGER PRIMARY KEY,
	handle TEXT NOT NULL UNIQUE,
	handle_lower TEXT NOT NULL,
	kind TEXT NOT NULL,
	creator TEXT NOT NULL,
	owner TEXT NOT NULL,
	-- The bound payee, void while its setter is not the owner.
	payee TEXT,
	payee_set_by TEXT,
	content TEXT NOT NULL,
	domain TEXT,
	scenario TEXT NOT NULL,
	terms TEXT NOT NULL,
	share_rate INTEGER,
	price TEXT,
	call_fee TEXT NOT NULL,
	accuracy INTEGER,
	speed_gain INTEGER,
	quality INTEGER,
	attested BOOLEAN NOT NULL,
	impact INTEGER NOT NULL,
	-- 'chosen' or 'medical'; none where it is used plainly.
	sandboxed TEXT,
	policy TEXT,
	status TEXT NOT NULL,
	minted INTEGER NOT NULL,
	minted_at INTEGER,
	minted_in INTEGER NOT NULL,
	generation INTEGER NOT NULL,
	ancestors INTEGER NOT NULL,
	children INTEGER NOT NULL,
	receipts INTEGER NOT NULL,
	receipts_hash TEXT NOT NULL
);
CREATE INDEX assets_handle_lower ON assets (handle_lower);
CREATE INDEX assets_owner ON assets (owner, id);
CREATE INDEX assets_creator ON assets (creator, id);
CREATE INDEX assets_payee ON assets (payee, id);
CREATE INDEX assets_domain ON assets (domain, id);

CREATE TABLE parents (
	child INTEGER NOT NULL,
	position INTEGER NOT NULL,
	parent INTEGER NOT NULL,
	relation TEXT NOT NULL,
	PRIMARY KEY (child, position)
) WITHOUT ROWID;
CREATE INDEX parents_parent ON parents (parent, child);

-- What was changed of an asset, in its own words.
CREATE TABLE changes (
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	asset INTEGER NOT NULL,
	name TEXT NOT NULL,
	detail TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (height, event)
) WITHOUT ROWID;
CREATE INDEX changes_asset ON changes (asset, height, event);

CREATE TABLE receipts (
	asset INTEGER NOT NULL,
	number INTEGER NOT NULL,
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	caller TEXT NOT NULL,
	units TEXT NOT NULL,
	-- Units of a paid use, for sums; 0 of a free one.
	paid_units INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	fee INTEGER NOT NULL,
	permit INTEGER,
	derivation INTEGER,
	at INTEGER NOT NULL,
	period INTEGER NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (asset, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX receipts_event ON receipts (height, event);
CREATE INDEX receipts_caller ON receipts (caller, height, event);
CREATE INDEX receipts_period ON receipts (period, asset);
CREATE INDEX receipts_hash ON receipts (hash);

CREATE TABLE licences (
	asset INTEGER NOT NULL,
	buyer TEXT NOT NULL,
	price INTEGER NOT NULL,
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	at INTEGER NOT NULL,
	period INTEGER NOT NULL,
	PRIMARY KEY (asset, buyer)
) WITHOUT ROWID;
CREATE INDEX licences_buyer ON licences (buyer, asset);

-- What was used how much in a period, kept with the receipts: whoever asks for the most used of millions cannot count.
CREATE TABLE usage (
	period INTEGER NOT NULL,
	asset INTEGER NOT NULL,
	calls INTEGER NOT NULL,
	units INTEGER NOT NULL,
	fees INTEGER NOT NULL,
	PRIMARY KEY (period, asset)
) WITHOUT ROWID;
CREATE INDEX usage_calls ON usage (period, calls, asset);
