-- What is held of payments while it is disputed whether an asset is an ancestor of a derivative, and what became of it.
CREATE TABLE withheld (
	height BIGINT NOT NULL,
	event BIGINT NOT NULL,
	period BIGINT NOT NULL,
	derivative BIGINT NOT NULL,
	ancestor BIGINT NOT NULL,
	-- Whose payment was so much less.
	payee TEXT NOT NULL,
	amount BIGINT NOT NULL,
	at BIGINT NOT NULL,
	-- The block that gave it away; none while it is held.
	released_in BIGINT,
	released_at BIGINT,
	-- Who can claim it; none where it is revenue of the derivative once more.
	released_to TEXT,
	PRIMARY KEY (height, event)
);
CREATE INDEX withheld_payee ON withheld (payee, height, event);
CREATE INDEX withheld_period ON withheld (period, payee);
CREATE INDEX withheld_pair ON withheld (derivative, ancestor, released_in);

-- Corrected edges: the block from which on an edge stands, 0 of those that an asset was minted with, and the one from which
-- on it does not. A month goes by those that stood at its close.
ALTER TABLE parents ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE parents ADD COLUMN until BIGINT;
DROP INDEX parents_parent;
CREATE INDEX parents_parent ON parents (parent, child, since, until);
