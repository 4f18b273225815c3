-- What the ninth step added, for the same team. Both databases read it.

INSERT INTO feed (workspace, id, user_id, address, body) VALUES
    ('slack:T1', 'feed1', 'U1', 'https://calendar.example.org/it''s/basic.ics?key=🌏', '{"etag":"W/\"1\"","last_modified":"Mon, 23 Nov 2026 02:00:00 GMT","whole_at":"2026-11-23T02:00:00Z"}'),
    ('slack:T1', 'feed2', 'U2', 'http://calendar.example.org/', '{}');
