-- Sums of the same rows, kept with them.
UPDATE usage SET callers = 2 WHERE asset = 0;
UPDATE assets SET used_in = 7 WHERE id = 0;
INSERT INTO month_sums (period, assets, calls, units, fees, reported) VALUES (24314, 1, 2, 4, 4000000, 9000000);
INSERT INTO domain_sums (period, domain, assets, calls, fees) VALUES (24314, 'law', 1, 2, 4000000);
INSERT INTO account_sums (account, calls, spent, extrinsics) VALUES ('ALICE', 1, 1000000, 0), ('BOB', 1, 3000000, 1);
INSERT INTO author_sums (author, blocks, last) VALUES ('VALIDATOR', 2, 7);
INSERT INTO distributions (period, payees, paid, top_tenth, bottom_half, median, greatest) VALUES
	(24313, 2, 4000000, 3000000, 1000000, 1000000, 3000000);
INSERT INTO magnitudes (period, magnitude, assets, paid) VALUES (24313, 1, 2, 4000000);
INSERT INTO domain_medians (period, domain, paid, assets) VALUES (24313, '', 1000000, 1), (24313, 'law', 3000000, 1);
INSERT INTO samples (period, kind, weight, asset, earned, one_in) VALUES (24313, 'data', 18000, 0, 3000007, 1);
