CREATE TABLE revenues (
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	period INTEGER NOT NULL,
	asset INTEGER NOT NULL,
	reporter TEXT NOT NULL,
	amount INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (height, event)
) WITHOUT ROWID;
CREATE INDEX revenues_asset ON revenues (asset, height, event);
CREATE INDEX revenues_reporter ON revenues (reporter, height, event);

CREATE TABLE periods (
	period INTEGER PRIMARY KEY,
	assets INTEGER NOT NULL,
	closed_in INTEGER NOT NULL,
	closed_at INTEGER NOT NULL,
	reported_in INTEGER,
	reported_at INTEGER,
	-- The chain's report, as its nodes answer it in JSON.
	report TEXT
);

CREATE TABLE statements (
	asset INTEGER NOT NULL,
	period INTEGER NOT NULL,
	weight INTEGER,
	part_quality INTEGER,
	part_usage INTEGER,
	part_impact INTEGER,
	bonus BOOLEAN,
	quality INTEGER,
	attested BOOLEAN,
	average INTEGER,
	rank INTEGER,
	impact INTEGER,
	units INTEGER NOT NULL,
	gross INTEGER NOT NULL,
	reported INTEGER NOT NULL,
	shared INTEGER NOT NULL,
	call_fees INTEGER NOT NULL,
	carried_in INTEGER NOT NULL,
	paid INTEGER NOT NULL,
	carried_out INTEGER NOT NULL,
	payee TEXT,
	PRIMARY KEY (asset, period)
) WITHOUT ROWID;
CREATE INDEX statements_payee ON statements (payee, period, asset);
CREATE INDEX statements_paid ON statements (period, paid, asset);

-- What an earning asset shared, and what its eligible ancestors weighed together.
CREATE TABLE pots (
	asset INTEGER NOT NULL,
	period INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	total_weight INTEGER NOT NULL,
	PRIMARY KEY (asset, period)
) WITHOUT ROWID;

CREATE TABLE payments (
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	period INTEGER NOT NULL,
	payee TEXT NOT NULL,
	amount INTEGER NOT NULL,
	delivered BOOLEAN NOT NULL,
	-- Of the amount, what had waited from earlier months.
	held_before INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (height, event)
) WITHOUT ROWID;
CREATE UNIQUE INDEX payments_payee ON payments (payee, period);
CREATE INDEX payments_amount ON payments (period, amount, payee);
CREATE INDEX payments_period ON payments (period, height, event);

CREATE TABLE claims (
	height INTEGER NOT NULL,
	event INTEGER NOT NULL,
	payee TEXT NOT NULL,
	amount INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (height, event)
) WITHOUT ROWID;
CREATE INDEX claims_payee ON claims (payee, height, event);

-- What waits for payees that could not receive.
CREATE TABLE held (
	payee TEXT PRIMARY KEY,
	amount INTEGER NOT NULL
) WITHOUT ROWID;

-- What was compared with what. A difference stays until the same comparison comes out equal.
CREATE TABLE checks (
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	height INTEGER NOT NULL,
	ok BOOLEAN NOT NULL,
	compared INTEGER NOT NULL,
	expected TEXT NOT NULL,
	found TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (kind, subject)
) WITHOUT ROWID;
CREATE INDEX checks_ok ON checks (ok, kind, subject);
