-- Sums that nobody can make of millions of rows while a page waits: kept with the rows that they are of.

-- A period so far.
CREATE TABLE month_sums (
	period INTEGER PRIMARY KEY,
	assets INTEGER NOT NULL,
	calls INTEGER NOT NULL,
	units INTEGER NOT NULL,
	fees INTEGER NOT NULL,
	reported INTEGER NOT NULL
);
INSERT INTO month_sums (period, assets, calls, units, fees, reported)
SELECT period, SUM(assets), SUM(calls), SUM(units), SUM(fees), SUM(reported) FROM (
	SELECT period, 1 AS assets, calls, units, fees, 0 AS reported FROM usage
	UNION ALL SELECT period, 0, 0, 0, 0, amount FROM revenues
) t GROUP BY period;

-- A domain in a period; '' for assets without one.
CREATE TABLE domain_sums (
	period INTEGER NOT NULL,
	domain TEXT NOT NULL,
	assets INTEGER NOT NULL,
	calls INTEGER NOT NULL,
	fees INTEGER NOT NULL,
	PRIMARY KEY (period, domain)
) WITHOUT ROWID;
INSERT INTO domain_sums (period, domain, assets, calls, fees)
SELECT u.period, COALESCE(a.domain, ''), COUNT(*), SUM(u.calls), SUM(u.fees)
FROM usage u JOIN assets a ON a.id = u.asset GROUP BY u.period, COALESCE(a.domain, '');

-- An account that called something or signed a transaction.
CREATE TABLE account_sums (
	account TEXT PRIMARY KEY,
	calls INTEGER NOT NULL,
	spent INTEGER NOT NULL,
	extrinsics INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO account_sums (account, calls, spent, extrinsics)
SELECT account, SUM(calls), SUM(spent), SUM(extrinsics) FROM (
	SELECT caller AS account, 1 AS calls, fee AS spent, 0 AS extrinsics FROM receipts
	UNION ALL SELECT signer, 0, 0, 1 FROM extrinsics WHERE signer IS NOT NULL
) t GROUP BY account;

-- Blocks of a validator.
CREATE TABLE author_sums (
	author TEXT PRIMARY KEY,
	blocks INTEGER NOT NULL,
	last INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO author_sums (author, blocks, last)
SELECT author, COUNT(*), MAX(height) FROM blocks WHERE author IS NOT NULL GROUP BY author;

-- Different accounts that used an asset in a period.
ALTER TABLE usage ADD COLUMN callers INTEGER NOT NULL DEFAULT 0;
DROP INDEX receipts_period;
CREATE INDEX receipts_period ON receipts (period, asset, caller);
UPDATE usage SET callers = (SELECT COUNT(DISTINCT r.caller) FROM receipts r
	WHERE r.period = usage.period AND r.asset = usage.asset);

-- The block in which somebody else than its owner used an asset last; 0 of what nobody did.
ALTER TABLE assets ADD COLUMN used_in INTEGER NOT NULL DEFAULT 0;
UPDATE assets SET used_in = COALESCE((SELECT MAX(r.height) FROM receipts r
	WHERE r.asset = assets.id AND r.caller <> assets.owner), 0) WHERE receipts > 0;
CREATE INDEX assets_used ON assets (owner, used_in);
CREATE INDEX assets_status ON assets (status, id);

-- How what was paid for a reported period spread over its payees.
CREATE TABLE distributions (
	period INTEGER PRIMARY KEY,
	payees INTEGER NOT NULL,
	paid INTEGER NOT NULL,
	top_tenth INTEGER NOT NULL,
	bottom_half INTEGER NOT NULL,
	median INTEGER NOT NULL,
	greatest INTEGER NOT NULL
);

-- How many assets of a reported period were paid an amount of an order of magnitude.
CREATE TABLE magnitudes (
	period INTEGER NOT NULL,
	magnitude INTEGER NOT NULL,
	assets INTEGER NOT NULL,
	paid INTEGER NOT NULL,
	PRIMARY KEY (period, magnitude)
) WITHOUT ROWID;

-- The middle payment of a domain's assets in a reported period; '' for assets without one.
CREATE TABLE domain_medians (
	period INTEGER NOT NULL,
	domain TEXT NOT NULL,
	paid INTEGER NOT NULL,
	assets INTEGER NOT NULL,
	PRIMARY KEY (period, domain)
) WITHOUT ROWID;

-- What assets with a weight earned in a reported period: each, or one in so many of a kind that has very many.
CREATE TABLE samples (
	period INTEGER NOT NULL,
	kind TEXT NOT NULL,
	weight INTEGER NOT NULL,
	asset INTEGER NOT NULL,
	earned INTEGER NOT NULL,
	one_in INTEGER NOT NULL,
	PRIMARY KEY (period, kind, weight, asset)
) WITHOUT ROWID;

-- How many assets were used just so many units in a reported period.
CREATE TABLE unit_counts (
	period INTEGER NOT NULL,
	units INTEGER NOT NULL,
	assets INTEGER NOT NULL,
	PRIMARY KEY (period, units)
) WITHOUT ROWID;
