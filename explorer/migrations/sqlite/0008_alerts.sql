-- Where in its block the event was that released what was held: what is told of an account goes on behind the last event.
ALTER TABLE withheld ADD COLUMN released_event INTEGER;
UPDATE withheld SET released_event = 0 WHERE released_in IS NOT NULL;
CREATE INDEX withheld_released ON withheld (released_to, released_in, released_event);
