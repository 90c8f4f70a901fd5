UPDATE operator_events SET reason = 'unread' WHERE height = 6;
