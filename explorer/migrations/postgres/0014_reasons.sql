-- Why the curators suspended or slashed an operator, in their words. Nothing is known of what was indexed before.
ALTER TABLE operator_events ADD COLUMN reason TEXT;
