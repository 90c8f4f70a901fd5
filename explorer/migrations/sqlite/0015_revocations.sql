-- Why the curators revoked a permit, in their words. Nothing is known of what was indexed before.
ALTER TABLE permit_events ADD COLUMN reason TEXT;
