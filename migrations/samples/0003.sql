-- What the third step added, for the same team. Both databases read it.

INSERT INTO judged (workspace, id, conversation, author, at, told_at, body) VALUES
    ('slack:T1', 'judged1', 'C1', 'U1', 1795399200000, 1795399200000, '{"id":"judged1","message":"m77","conversation":{"channel":"C1","thread":null},"author":"U1","at":"2026-11-23T02:00:00Z","told_at":"2026-11-23T02:00:00Z","fine":false,"findings":[{"recipient":"U2","done":{"nudged":"asked"},"norm":{"kind":"quiet_hours","name":"nights"},"revision":2,"reach":"name","state":"quiet","until":"2026-11-23T12:00:00Z"},{"recipient":"U3","done":"observed","norm":{"kind":"focus","name":"blocks"},"revision":2,"reach":"group","state":{"holiday":"Natal"},"until":null}],"more":3}'),
    ('slack:T1', 'judged2', 'C1/m70', 'U1', 1795402800000, NULL, '{"id":"judged2","message":"m78","conversation":{"channel":"C1","thread":"m70"},"author":"U1","at":"2026-11-23T03:00:00Z","told_at":null,"fine":true,"findings":[],"more":0}');
