UPDATE parents SET child_children = 1 WHERE child = 2;
