UPDATE extrinsics SET first_event = position, events = CASE WHEN position = 0 THEN 1 ELSE 8 END WHERE height = 7;
