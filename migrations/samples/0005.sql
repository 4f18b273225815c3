-- What the sixth step added, for the same team. Both databases read it.

INSERT INTO ask (workspace, id, asker, number, asked_at, settled_at, body) VALUES
    ('slack:T1', 'ask1', 'U1', 1, 1795435200000, NULL, '{"id":"ask1","number":1,"asker":"U1","channel":"C1","text":"The <!channel> ''name''?\n🌏","asked_at":"2026-11-23T12:00:00Z","posted":{"channel":"C1","message":"q1","at":"2026-11-23T12:00:01Z"},"people":{"U2":{"due":"2026-11-24T09:00:00Z","since":"2026-11-23T12:00:00Z","minutes":480,"remind_before":120,"turn":1,"reminded":"2026-11-24T07:00:00Z","standing":"waits","told_away":false,"answer":[]},"U3":{"due":"2026-11-24T09:00:00Z","since":"2026-11-23T12:00:00Z","minutes":480,"remind_before":null,"turn":0,"reminded":null,"standing":"away","told_away":true,"answer":[{"message":"q2","words":"<@U1> yes","at":"2026-11-23T13:00:00Z"},{"message":null,"words":null,"at":"2026-11-23T13:00:00Z"}]}},"state":"open","closings":0}'),
    ('slack:T1', 'ask2', 'U1', 2, 1795435200000, 1795435200000, '{"id":"ask2","number":2,"asker":"U1","channel":"C9","text":"Lunch?","asked_at":"2026-11-23T12:00:00Z","posted":null,"people":{},"state":{"settled":{"end":{"unposted":{"people":{"refused":"channel_gone"}}},"at":"2026-11-23T12:00:00Z"}},"closings":1}');
INSERT INTO ask_newest (workspace, asker, number) VALUES ('slack:T1', 'U1', 2);
INSERT INTO ask_waits (workspace, user_id, ask) VALUES ('slack:T1', 'U2', 'ask1');
INSERT INTO ask_message (workspace, channel, message, ask) VALUES
    ('slack:T1', 'C1', 'q1', 'ask1'),
    ('slack:T1', 'C1', 'q2', 'ask1');
