INSERT INTO withheld (height, event, period, derivative, ancestor, payee, amount, at, released_in, released_at, released_to)
VALUES (6, 3, 24313, 1, 0, 'ALICE', 20000, 1772323200000, 7, 1772323206000, 'CAROL');
UPDATE parents SET since = 6 WHERE child = 3;
