-- What the first explorer wrote of two blocks: a month that is settled, and one that is open.
INSERT INTO chain (name, value) VALUES ('genesis', '0x00');
INSERT INTO cursor (id, height, hash) VALUES (1, 7, '0x07');
INSERT INTO blocks (height, hash, parent, state_root, at, spec_version, extrinsics, events, author) VALUES
	(6, '0x06', '0x05', '0x16', 1772323200000, 1, 1, 6, 'VALIDATOR'),
	(7, '0x07', '0x06', '0x17', 1772323206000, 1, 2, 9, 'VALIDATOR');
INSERT INTO extrinsics (height, position, hash, pallet, call, signer, fee, fee_currency, ok, error, args) VALUES
	(7, 0, '0x70', 'Timestamp', 'set', NULL, NULL, NULL, TRUE, NULL, '{}'),
	(7, 1, '0x71', 'Lineage', 'call', 'BOB', '1000', 'LOOM', TRUE, NULL, '{"asset":0}');
INSERT INTO transfers (height, event, currency, sender, receiver, amount, at) VALUES
	(7, 4, 'U', 'BOB', 'ALICE', '5000000', 1772323206000);
INSERT INTO domains (id, name, medical) VALUES (1, 'law', FALSE);
INSERT INTO assets (id, handle, handle_lower, kind, creator, owner, payee, payee_set_by, content, domain, scenario, terms,
	share_rate, price, call_fee, accuracy, speed_gain, quality, attested, impact, sandboxed, policy, status, minted, minted_at,
	minted_in, generation, ancestors, children, receipts, receipts_hash) VALUES
	(0, 'DATA', 'data', 'data', 'ALICE', 'ALICE', 'WALLET', 'ALICE', 'c0', 'law', 'contracts', 'share', 5000, NULL, '1000000',
		NULL, NULL, 9000, TRUE, 2000, 'chosen', '{}', 'active', 24312, 1772323200000, 6, 0, 0, 2, 2, '0xa1'),
	(1, 'MODEL', 'model', 'model', 'BOB', 'BOB', NULL, NULL, 'c1', NULL, '', 'buyout', NULL, '7000000', '0',
		9100, 300, NULL, FALSE, 0, NULL, NULL, 'active', 24312, NULL, 6, 1, 1, 0, 0, '0x00'),
	(2, 'BASE', 'base', 'model', 'BOB', 'BOB', NULL, NULL, 'c2', NULL, '', 'share', 0, NULL, '0',
		NULL, NULL, NULL, FALSE, 0, NULL, NULL, 'active', 24312, NULL, 6, 1, 1, 1, 0, '0x00'),
	(3, 'TUNED', 'tuned', 'model', 'BOB', 'BOB', NULL, NULL, 'c3', NULL, '', 'share', 0, NULL, '0',
		NULL, NULL, NULL, FALSE, 0, NULL, NULL, 'delisted', 24313, NULL, 6, 2, 2, 0, 0, '0x00');
INSERT INTO parents (child, position, parent, relation) VALUES
	(1, 0, 0, 'trained_on'), (2, 0, 0, 'trained_on'), (3, 0, 2, 'fine_tuned_from');
INSERT INTO changes (height, event, asset, name, detail, at) VALUES
	(7, 5, 0, 'Attested', '{"quality":9000}', 1772323206000);
INSERT INTO receipts (asset, number, height, event, caller, units, paid_units, purpose, fee, permit, derivation, at, period, hash)
VALUES
	(0, 0, 7, 2, 'BOB', '3', 3, 'training', 3000000, 0, NULL, 1772323206000, 24314, '0xa0'),
	(0, 1, 7, 3, 'ALICE', '1', 1, 'inference', 1000000, NULL, 5, 1772323206000, 24314, '0xa1');
INSERT INTO licences (asset, buyer, price, height, event, at, period) VALUES
	(1, 'CAROL', 7000000, 7, 6, 1772323206000, 24314);
INSERT INTO usage (period, asset, calls, units, fees) VALUES (24314, 0, 2, 4, 4000000);
INSERT INTO revenues (height, event, period, asset, reporter, amount, at) VALUES
	(7, 7, 24314, 1, 'BOB', 9000000, 1772323206000);
INSERT INTO periods (period, assets, closed_in, closed_at, reported_in, reported_at, report) VALUES
	(24313, 4, 6, 1772323200000, 6, 1772323200000, '{}');
INSERT INTO statements (asset, period, weight, part_quality, part_usage, part_impact, bonus, quality, attested, average, rank,
	impact, units, gross, reported, shared, call_fees, carried_in, paid, carried_out, payee) VALUES
	(0, 24313, 18000, 3000, 3000, 2000, FALSE, 9000, TRUE, 8000, 5000, 2000, 4, 0, 0, 3000007, 0, 0, 3000000, 7, 'ALICE'),
	(1, 24313, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 4000007, 0, 0, 1000000, 0, 1000000, 0, 'BOB');
INSERT INTO pots (asset, period, amount, total_weight) VALUES (1, 24313, 3000007, 18000);
INSERT INTO payments (height, event, period, payee, amount, delivered, held_before, at) VALUES
	(6, 1, 24313, 'ALICE', 3000000, TRUE, 0, 1772323200000),
	(6, 2, 24313, 'BOB', 1000000, FALSE, 0, 1772323200000);
INSERT INTO claims (height, event, payee, amount, at) VALUES (7, 8, 'BOB', 1000000, 1772323206000);
INSERT INTO held (payee, amount) VALUES ('ALICE', 4);
INSERT INTO checks (kind, subject, height, ok, compared, expected, found, at) VALUES
	('receipts', '0', 7, TRUE, 2, '', '', 1772323207000);
INSERT INTO operators (account, signing_key, sealing_key, measurement, fee, status, registered_in) VALUES
	('OPERATOR', '0x1', '0x2', '0x3', '10', 'active', 6);
INSERT INTO operator_events (height, event, operator, name, amount, at) VALUES
	(6, 4, 'OPERATOR', 'Registered', '2000000000000', 1772323200000);
INSERT INTO permits (id, consumer, operator, purpose, code_hash, parameters_hash, output_cap, expires_at, operator_fee, status,
	consumed_into, requested_in, requested_at, changed_at, report, report_hash, refusal_code, findings, fuel, output_bytes,
	reported_period, challenge, challenger, second_operator) VALUES
	(0, 'BOB', 'OPERATOR', 'training', '0xc', '0xd', '1000', 900, 10, 'completed', NULL, 6, 1772323200000, 1772323206000,
		'{}', '0xe', NULL, 0, '12', '34', 24314, NULL, NULL, NULL);
INSERT INTO permit_uses (permit, asset, units, fee) VALUES (0, 0, '3', 3000000);
INSERT INTO permit_events (height, event, permit, name, account, at) VALUES
	(6, 5, 0, 'Requested', 'BOB', 1772323200000);
