CREATE TABLE operators (
	account TEXT PRIMARY KEY,
	signing_key TEXT NOT NULL,
	sealing_key TEXT NOT NULL,
	measurement TEXT NOT NULL,
	fee TEXT NOT NULL,
	status TEXT NOT NULL,
	registered_in BIGINT NOT NULL
);

CREATE TABLE operator_events (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	operator TEXT NOT NULL,
	name TEXT NOT NULL,
	-- In LOOM's smallest unit, where the event has one.
	amount TEXT,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE INDEX operator_events_operator ON operator_events (operator, height, event);

CREATE TABLE permits (
	id BIGINT PRIMARY KEY,
	consumer TEXT NOT NULL,
	operator TEXT NOT NULL,
	purpose TEXT NOT NULL,
	code_hash TEXT NOT NULL,
	parameters_hash TEXT NOT NULL,
	output_cap TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	operator_fee BIGINT NOT NULL,
	status TEXT NOT NULL,
	consumed_into BIGINT,
	requested_in BIGINT NOT NULL,
	requested_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	-- The operator's signed report in JSON, and what of it is asked for most.
	report TEXT,
	report_hash TEXT,
	refusal_code BIGINT,
	findings BIGINT,
	fuel TEXT,
	output_bytes TEXT,
	reported_period BIGINT,
	challenge TEXT,
	challenger TEXT,
	second_operator TEXT
);
CREATE INDEX permits_consumer ON permits (consumer, id);
CREATE INDEX permits_operator ON permits (operator, id);
CREATE INDEX permits_period ON permits (reported_period);

CREATE TABLE permit_uses (
	permit BIGINT NOT NULL,
	asset BIGINT NOT NULL,
	units TEXT NOT NULL,
	fee BIGINT NOT NULL,
	PRIMARY KEY (permit, asset)
);
CREATE INDEX permit_uses_asset ON permit_uses (asset, permit);

CREATE TABLE permit_events (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	permit BIGINT NOT NULL,
	name TEXT NOT NULL,
	account TEXT,
	at BIGINT NOT NULL,
	PRIMARY KEY (height, event)
);
CREATE INDEX permit_events_permit ON permit_events (permit, height, event);
