UPDATE pots SET proven_only = TRUE WHERE asset = 1;
