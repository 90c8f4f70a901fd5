INSERT INTO webhooks (name, account, height, event, part) VALUES ('clinic', 'ALICE', 6, 1, 0);
