CREATE TABLE revenues (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	period BIGINT NOT NULL,
	asset BIGINT NOT NULL,
	reporter TEXT NOT NULL,
	amount BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE INDEX revenues_asset ON revenues (asset, height, event);
CREATE INDEX revenues_reporter ON revenues (reporter, height, event);

CREATE TABLE periods (
	period BIGINT PRIMARY KEY,
	assets BIGINT NOT NULL,
	closed_in BIGINT NOT NULL,
	closed_at BIGINT NOT NULL,
	reported_in BIGINT,
	reported_at BIGINT,
	-- The chain's report, as its nodes answer it in JSON.
	report TEXT
);

CREATE TABLE statements (
	asset BIGINT NOT NULL,
	period BIGINT NOT NULL,
	weight BIGINT,
	part_quality BIGINT,
	part_usage BIGINT,
	part_impact BIGINT,
	bonus BOOLEAN,
	quality BIGINT,
	attested BOOLEAN,
	average BIGINT,
	rank BIGINT,
	impact BIGINT,
	units BIGINT NOT NULL,
	gross BIGINT NOT NULL,
	reported BIGINT NOT NULL,
	shared BIGINT NOT NULL,
	call_fees BIGINT NOT NULL,
	carried_in BIGINT NOT NULL,
	paid BIGINT NOT NULL,
	carried_out BIGINT NOT NULL,
	payee TEXT,
	PRIMARY KEY (asset, period)
);
CREATE INDEX statements_payee ON statements (payee, period, asset);
CREATE INDEX statements_paid ON statements (period, paid, asset);

-- What an earning asset shared, and what its eligible ancestors weighed together.
CREATE TABLE pots (
	asset BIGINT NOT NULL,
	period BIGINT NOT NULL,
	amount BIGINT NOT NULL,
	total_weight BIGINT NOT NULL,
	PRIMARY KEY (asset, period)
);

CREATE TABLE payments (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	period BIGINT NOT NULL,
	payee TEXT NOT NULL,
	amount BIGINT NOT NULL,
	delivered BOOLEAN NOT NULL,
	-- Of the amount, what had waited from earlier months.
	held_before BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE UNIQUE INDEX payments_payee ON payments (payee, period);
CREATE INDEX payments_amount ON payments (period, amount, payee);
CREATE INDEX payments_period ON payments (period, height, event);

CREATE TABLE claims (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	payee TEXT NOT NULL,
	amount BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE INDEX claims_payee ON claims (payee, height, event);

-- What waits for payees that could not receive.
CREATE TABLE held (
	payee TEXT PRIMARY KEY,
	amount BIGINT NOT NULL
);

-- What was compared with what. A difference stays until the same comparison comes out equal.
CREATE TABLE checks (
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	height BIGINT NOT NULL,
	ok BOOLEAN NOT NULL,
	compared BIGINT NOT NULL,
	expected TEXT NOT NULL,
	found TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (kind, subject)
);
CREATE INDEX checks_ok ON checks (ok, kind, subject);
