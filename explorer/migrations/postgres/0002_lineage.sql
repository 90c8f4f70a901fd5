CREATE TABLE domains (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	medical BOOLEAN NOT NULL
);

CREATE TABLE assets (
	id BIGINT PRIMARY KEY,
	handle TEXT COLLATE "C" NOT NULL UNIQUE,
	handle_lower TEXT COLLATE "C" NOT NULL,
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
	share_rate BIGINT,
	price TEXT,
	call_fee TEXT NOT NULL,
	accuracy BIGINT,
	speed_gain BIGINT,
	quality BIGINT,
	attested BOOLEAN NOT NULL,
	impact BIGINT NOT NULL,
	-- 'chosen' or 'medical'; none where it is used plainly.
	sandboxed TEXT,
	policy TEXT,
	status TEXT NOT NULL,
	minted BIGINT NOT NULL,
	minted_at BIGINT,
	minted_in BIGINT NOT NULL,
	generation BIGINT NOT NULL,
	ancestors BIGINT NOT NULL,
	children BIGINT NOT NULL,
	receipts BIGINT NOT NULL,
	receipts_hash TEXT NOT NULL
);
CREATE INDEX assets_handle_lower ON assets (handle_lower);
CREATE INDEX assets_owner ON assets (owner, id);
CREATE INDEX assets_creator ON assets (creator, id);
CREATE INDEX assets_payee ON assets (payee, id);
CREATE INDEX assets_domain ON assets (domain, id);

CREATE TABLE parents (
	child BIGINT NOT NULL,
	position BIGINT NOT NULL,
	parent BIGINT NOT NULL,
	relation TEXT NOT NULL,
	PRIMARY KEY (child, position)
);
CREATE INDEX parents_parent ON parents (parent, child);

-- What was changed of an asset, in its own words.
CREATE TABLE changes (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	asset BIGINT NOT NULL,
	name TEXT NOT NULL,
	detail TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE INDEX changes_asset ON changes (asset, height, event);

CREATE TABLE receipts (
	asset BIGINT NOT NULL,
	number BIGINT NOT NULL,
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	caller TEXT NOT NULL,
	units TEXT NOT NULL,
	-- Units of a paid use, for sums; 0 of a free one.
	paid_units BIGINT NOT NULL,
	purpose TEXT NOT NULL,
	fee BIGINT NOT NULL,
	permit BIGINT,
	derivation BIGINT,
	at BIGINT NOT NULL,
	period BIGINT NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (asset, number)
);
CREATE UNIQUE INDEX receipts_event ON receipts (height, event);
CREATE INDEX receipts_caller ON receipts (caller, height, event);
CREATE INDEX receipts_period ON receipts (period, asset);
CREATE INDEX receipts_hash ON receipts (hash);

CREATE TABLE licences (
	asset BIGINT NOT NULL,
	buyer TEXT NOT NULL,
	price BIGINT NOT NULL,
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	at BIGINT NOT NULL,
	period BIGINT NOT NULL,
	PRIMARY KEY (asset, buyer)
);
CREATE INDEX licences_buyer ON licences (buyer, asset);

-- What was used how much in a period, kept with the receipts: whoever asks for the most used of millions cannot count.
CREATE TABLE usage (
	period BIGINT NOT NULL,
	asset BIGINT NOT NULL,
	calls BIGINT NOT NULL,
	units BIGINT NOT NULL,
	fees BIGINT NOT NULL,
	PRIMARY KEY (period, asset)
);
CREATE INDEX usage_calls ON usage (period, calls, asset);
