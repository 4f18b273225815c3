-- What the seventh step added, for the same team. Both databases read it.

INSERT INTO later (workspace, id, author, number, reader, due_at, done, settled_at, body, source) VALUES
    ('slack:T1', 'later5', 'U2', 1, 'U1', 1795510800000, FALSE, NULL, '{"id":"later5","number":1,"author":"U2","state":{"waiting":{"to":{"member":"U1"},"text":"Is it *out*?","written_at":"2026-11-23T12:00:00Z","not_before":"2026-11-23T12:00:00Z","due_at":"2026-11-24T09:00:00Z","turn":0,"of":{"spot":{"channel":"C1","thread":null,"message":"1795435200.000100"},"words":"known"}}}}', 'judged1');

INSERT INTO alert (workspace, id, author, at, body) VALUES
    ('slack:T1', 'judged1', 'U1', 1795435200000, '{"id":"judged1","author":"U1","conversation":{"channel":"C1","thread":null},"message":"1795435200.000100","at":"2026-11-23T12:00:00Z","reason":"The <!channel> page is ''down''","to":["U2"],"record":"C2","norm":{"kind":"urgent","name":"support"},"revision":3}');
