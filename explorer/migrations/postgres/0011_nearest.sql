-- How many children the child of an edge has, kept with those: a picture has of many relatives those with the most.
ALTER TABLE parents ADD COLUMN child_children BIGINT NOT NULL DEFAULT 0;
UPDATE parents SET child_children = COALESCE((SELECT children FROM assets WHERE id = parents.child), 0);
CREATE INDEX parents_most ON parents (parent, child_children DESC, child) WHERE until IS NULL;
