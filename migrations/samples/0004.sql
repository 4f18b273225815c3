-- What the fourth step added, for the same team. Both databases read it.

INSERT INTO later (workspace, id, author, number, reader, due_at, done, settled_at, body) VALUES
    ('slack:T1', 'later1', 'U1', 1, 'U2', 1795510800000, FALSE, NULL, '{"id":"later1","number":1,"author":"U1","state":{"waiting":{"to":{"member":"U2"},"text":"The <!channel> ''draft''\n🌏","written_at":"2026-11-23T12:00:00Z","not_before":"2026-11-23T12:00:00Z","due_at":"2026-11-24T09:00:00Z","turn":1}}}'),
    ('slack:T1', 'later2', 'U1', 2, NULL, NULL, FALSE, NULL, '{"id":"later2","number":2,"author":"U1","state":{"back":{"letter":{"to":{"channel":"C2"},"text":"Lunch?","written_at":"2026-11-23T12:00:00Z","not_before":"2026-11-23T12:00:00Z","due_at":"2026-11-23T12:00:00Z","turn":0},"why":{"people":{"refused":"channel_gone"}},"since":"2026-11-23T12:00:00Z"}}}'),
    ('slack:T1', 'later3', 'U1', 3, NULL, NULL, TRUE, 1795435200000, '{"id":"later3","number":3,"author":"U1","state":{"done":{"end":"delivered","at":"2026-11-23T12:00:00Z"}}}'),
    ('slack:T1', 'later4', 'U1', 4, NULL, NULL, TRUE, 1795435200000, '{"id":"later4","number":4,"author":"U1","state":{"done":{"end":"dropped","at":"2026-11-23T12:00:00Z"}}}');
