-- What the eighth step added, for the same team. Both databases read it.

INSERT INTO person (id, body) VALUES
    ('person1', '{"id":"person1","accounts":[{"workspace":"slack:T1","user":"U2","place":"Acme \"Nusantara\""},{"workspace":"discord:9","user":"42","place":"Acme 🌏"}],"said":{"zone":"Asia/Kathmandu","hours":{"1":[{"from":"22:00:00","to":"06:30:00"}]},"calendar":"ID","absences":[{"from":"2026-11-23T02:00:00Z","until":null,"why":"keluarga"}],"focus":{"from":"2026-11-23T02:00:00Z","until":"2026-11-23T04:00:00Z","why":null}},"profile_zone":"Europe/London"}');
INSERT INTO account (workspace, user_id, person) VALUES ('slack:T1', 'U2', 'person1'), ('discord:9', '42', 'person1');
INSERT INTO link_offer (code, person, until, body) VALUES
    ('abcdefghjkmn', 'person1', 1795400100000, '{"code":"abcdefghjkmn","person":"person1","workspace":"slack:T1","user":"U2","until":"2026-11-23T02:15:00Z"}');
