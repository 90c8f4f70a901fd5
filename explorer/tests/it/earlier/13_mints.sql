UPDATE assets SET minted_event = 0 WHERE id = 0;
