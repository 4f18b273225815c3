-- What the ninth step added, for the same team. Both databases read it.

INSERT INTO digest_item (workspace, id, reader, digest, due, since, waits, settled_at, body) VALUES
    ('slack:T1', 'item1', 'U2', NULL, 9223372036854775807, 1795435200000, TRUE, NULL, '{"id":"item1","reader":"U2","source":{"mention":"judged1"},"from":"U1","place":"C1","thread":null,"posted":{"channel":"C1","message":"m1","at":"2026-11-23T12:00:00Z"},"line":"Could @cici ''look''? 🌏","due":null,"since":"2026-11-23T12:00:00Z","state":{"waiting":{"not_before":null}}}'),
    ('slack:T1', 'item2', 'U2', 'digest1', 1795500000000, 1795435200000, FALSE, 1795446000000, '{"id":"item2","reader":"U2","source":{"ask":"ask1"},"from":"U1","place":"C1","thread":null,"posted":null,"line":null,"due":"2026-11-24T06:00:00Z","since":"2026-11-23T12:00:00Z","state":{"shown":{"digest":"digest1","at":"2026-11-23T15:00:00Z"}}}');
