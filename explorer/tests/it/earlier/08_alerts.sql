UPDATE withheld SET released_event = 1 WHERE released_in = 7;
