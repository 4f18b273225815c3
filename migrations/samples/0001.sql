-- A team as the first version kept it: something of everything. Both databases read it; steps after this one are
-- applied to it, and what it says must still be there.

INSERT INTO workspace (id, default_language, body) VALUES
    ('slack:T1', 'en', '{"id":"slack:T1","name":"Acme \"Nusantara\" 🌏","language":"id","zone":"Asia/Jakarta","hours":{"1":[{"from":"09:00:00","to":"17:00:00"}],"2":[{"from":"09:00:00","to":"17:00:00"}],"3":[{"from":"09:00:00","to":"17:00:00"}],"4":[{"from":"09:00:00","to":"17:00:00"}],"5":[{"from":"09:00:00","to":"17:00:00"}]},"holidays":{"2026-12-25":"Natal"},"bot":"UBOT","capabilities":{"message_chars_max":12000,"message_blocks_max":50,"block_chars_max":3000,"form_fields_max":20,"field_chars_max":3001,"form_intro":true,"form_chain":true,"profile_zone":true,"aside":false},"locked_since":"2026-11-23T01:00:00Z"}');
INSERT INTO member (workspace, user_id, admin, active, body) VALUES
    ('slack:T1', 'U1', TRUE, TRUE, '{"user":"U1","name":"Ana 🌱 <@U2> \u202ertl\u202c e\u0301 ''quoted'' \\  end","profile_zone":"America/Sao_Paulo","language":"id","admin":true,"bot":false,"active":true,"own_zone":"Asia/Kathmandu","own_hours":{"1":[{"from":"22:00:00","to":"06:30:00"}],"7":[{"from":"22:00:00","to":"06:30:00"}]},"absences":[{"from":"2026-11-23T02:00:00Z","until":"2026-11-24T02:00:00Z"},{"from":"2026-11-26T02:00:00Z","until":null}],"zone_asked":true,"direct_closed":true}'),
    ('slack:T1', 'U2', FALSE, TRUE, '{"user":"U2","name":"name of U2","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U3', FALSE, TRUE, '{"user":"U3","name":"name of U3","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U4', FALSE, TRUE, '{"user":"U4","name":"name of U4","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U5', FALSE, TRUE, '{"user":"U5","name":"name of U5","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U6', FALSE, TRUE, '{"user":"U6","name":"name of U6","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U7', FALSE, TRUE, '{"user":"U7","name":"name of U7","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U8', FALSE, TRUE, '{"user":"U8","name":"name of U8","profile_zone":null,"language":null,"admin":false,"bot":false,"active":true,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}'),
    ('slack:T1', 'U9', FALSE, FALSE, '{"user":"U9","name":"name of U9","profile_zone":null,"language":null,"admin":false,"bot":true,"active":false,"own_zone":null,"own_hours":null,"absences":[],"zone_asked":false,"direct_closed":false}');
INSERT INTO channel (workspace, channel, body) VALUES
    ('slack:T1', 'C1', '{"channel":"C1","name":"name-of-C1","open":true,"archived":false}'),
    ('slack:T1', 'C2', '{"channel":"C2","name":"name-of-C2","open":false,"archived":true}');
INSERT INTO channel_member (workspace, channel, user_id) VALUES
    ('slack:T1', 'C1', 'U1'),
    ('slack:T1', 'C1', 'U2'),
    ('slack:T1', 'C1', 'U3'),
    ('slack:T1', 'C2', 'U7');
INSERT INTO group_member (workspace, group_id, user_id) VALUES
    ('slack:T1', 'G1', 'U6'),
    ('slack:T1', 'G1', 'U7');
INSERT INTO standup (workspace, id, name_key, deleted, body) VALUES
    ('slack:T1', 's1', 'harian s1', FALSE, '{"id":"s1","name":"Harian s1","channel":"C1","questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"schedule":"30 9 * * 1-5","whose_time":"each","deadline":{"after":240},"remind_before_minutes":60,"report":"at_close","who":"channel_members","joined":["U4"],"left":["U3"],"observers":["U5"],"owner":"U1","state":"active","created_at":"2026-11-13T02:00:00Z","since":"2026-11-18T02:00:00Z","planned_through":"2026-11-23","revision":7}'),
    ('slack:T1', 's2', 'harian s2', FALSE, '{"id":"s2","name":"Harian s2","channel":"C2","questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"schedule":"30 9 * * 1-5","whose_time":{"one":"Pacific/Auckland"},"deadline":{"at":{"time":"12:00:00","zone":"UTC"}},"remind_before_minutes":60,"report":"as_answers_arrive","who":{"list":["U2","U6"]},"joined":[],"left":[],"observers":[],"owner":"U7","state":"paused","created_at":"2026-11-13T02:00:00Z","since":"2026-11-18T02:00:00Z","planned_through":null,"revision":7}'),
    ('slack:T1', 's3', 'harian s3', FALSE, '{"id":"s3","name":"Harian s3","channel":"C1","questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"schedule":"30 9 * * 1-5","whose_time":"each","deadline":{"after":240},"remind_before_minutes":60,"report":"at_close","who":{"group":"G1"},"joined":[],"left":[],"observers":[],"owner":"U1","state":"active","created_at":"2026-11-13T02:00:00Z","since":"2026-11-18T02:00:00Z","planned_through":"2026-11-23","revision":7}'),
    ('slack:T1', 's4', 'harian s1', TRUE, '{"id":"s4","name":"HARIAN S1","channel":"C1","questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"schedule":"30 9 * * 1-5","whose_time":"each","deadline":{"after":240},"remind_before_minutes":60,"report":"at_close","who":"channel_members","joined":["U4"],"left":["U3"],"observers":["U5"],"owner":"U1","state":"deleted","created_at":"2026-11-13T02:00:00Z","since":"2026-11-18T02:00:00Z","planned_through":"2026-11-23","revision":7}');
INSERT INTO round (workspace, standup, date, is_open, body) VALUES
    ('slack:T1', 's1', '2026-11-19', FALSE, '{"key":{"standup":"s1","date":"2026-11-19"},"questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"terms":{"time":"09:30:00","whose_time":{"one":"Europe/London"},"deadline":{"at":{"time":"17:00:00","zone":"America/Los_Angeles"}},"remind_before_minutes":null,"report":"as_answers_arrive"},"closes_at":"2026-11-23T10:00:00Z","closed_at":"2026-11-23T09:00:00Z","parts":[{"head":0},{"head":1},{"answer":["U1",0]}]}'),
    ('slack:T1', 's1', '2026-11-20', FALSE, '{"key":{"standup":"s1","date":"2026-11-20"},"questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"terms":{"time":"09:30:00","whose_time":{"one":"Europe/London"},"deadline":{"at":{"time":"17:00:00","zone":"America/Los_Angeles"}},"remind_before_minutes":null,"report":"as_answers_arrive"},"closes_at":"2026-11-23T10:00:00Z","closed_at":"2026-11-23T09:00:00Z","parts":[{"head":0},{"head":1},{"answer":["U1",0]}]}'),
    ('slack:T1', 's1', '2026-11-23', TRUE, '{"key":{"standup":"s1","date":"2026-11-23"},"questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"terms":{"time":"09:30:00","whose_time":{"one":"Europe/London"},"deadline":{"at":{"time":"17:00:00","zone":"America/Los_Angeles"}},"remind_before_minutes":null,"report":"as_answers_arrive"},"closes_at":"2026-11-23T10:00:00Z","closed_at":null,"parts":[{"head":0},{"head":1},{"answer":["U1",0]}]}'),
    ('slack:T1', 's2', '2026-11-23', TRUE, '{"key":{"standup":"s2","date":"2026-11-23"},"questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"terms":{"time":"09:30:00","whose_time":{"one":"Europe/London"},"deadline":{"at":{"time":"17:00:00","zone":"America/Los_Angeles"}},"remind_before_minutes":null,"report":"as_answers_arrive"},"closes_at":"2026-11-23T10:00:00Z","closed_at":null,"parts":[{"head":0},{"head":1},{"answer":["U1",0]}]}'),
    ('slack:T1', 's4', '2026-11-20', FALSE, '{"key":{"standup":"s4","date":"2026-11-20"},"questions":[{"text":"Apa yang selesai? *bold* <!channel>","kind":"done"},{"text":"What is next?","kind":"plan"},{"text":"In the way?","kind":"blockers"},{"text":"Anything else?","kind":"other"}],"terms":{"time":"09:30:00","whose_time":{"one":"Europe/London"},"deadline":{"at":{"time":"17:00:00","zone":"America/Los_Angeles"}},"remind_before_minutes":null,"report":"as_answers_arrive"},"closes_at":"2026-11-23T10:00:00Z","closed_at":"2026-11-23T09:00:00Z","parts":[{"head":0},{"head":1},{"answer":["U1",0]}]}');
INSERT INTO entry (workspace, standup, date, user_id, answered, body) VALUES
    ('slack:T1', 's1', '2026-11-19', 'U1', TRUE, '{"key":{"round":{"standup":"s1","date":"2026-11-19"},"user":"U1"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"answered","answers":[{"question":0,"text":"U1 on 2026-11-19: <!channel> @everyone 🧑\u200d💻\nsecond line","message":"said-s1-2026-11-19-U1"},{"question":1,"text":"U1 on 2026-11-19: <!channel> @everyone 🧑\u200d💻\nsecond line","message":null}],"answered_at":"2026-11-23T02:30:00Z","edited_at":"2026-11-23T02:40:00Z","late":true,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-20', 'U1', FALSE, '{"key":{"round":{"standup":"s1","date":"2026-11-20"},"user":"U1"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"missed","answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-20', 'U2', TRUE, '{"key":{"round":{"standup":"s1","date":"2026-11-20"},"user":"U2"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"answered","answers":[{"question":0,"text":"U2 on 2026-11-20: <!channel> @everyone 🧑\u200d💻\nsecond line","message":"said-s1-2026-11-20-U2"},{"question":1,"text":"U2 on 2026-11-20: <!channel> @everyone 🧑\u200d💻\nsecond line","message":null}],"answered_at":"2026-11-23T02:30:00Z","edited_at":"2026-11-23T02:40:00Z","late":true,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-20', 'U3', FALSE, '{"key":{"round":{"standup":"s1","date":"2026-11-20"},"user":"U3"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":{"skipped":"left"},"answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-20', 'U4', FALSE, '{"key":{"round":{"standup":"s1","date":"2026-11-20"},"user":"U4"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":{"skipped":{"own":"dentist"}},"answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-23', 'U1', FALSE, '{"key":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"prompted","answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-23', 'U2', FALSE, '{"key":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U2"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"asked","answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's1', '2026-11-23', 'U4', FALSE, '{"key":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U4"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"planned","answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's2', '2026-11-23', 'U2', FALSE, '{"key":{"round":{"standup":"s2","date":"2026-11-23"},"user":"U2"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":{"skipped":{"own":null}},"answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's2', '2026-11-23', 'U6', FALSE, '{"key":{"round":{"standup":"s2","date":"2026-11-23"},"user":"U6"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":{"skipped":{"not_asked":{"people":{"holiday":"Natal"}}}},"answers":[],"answered_at":null,"edited_at":null,"late":false,"reminded":true,"settled":true}'),
    ('slack:T1', 's4', '2026-11-20', 'U1', TRUE, '{"key":{"round":{"standup":"s4","date":"2026-11-20"},"user":"U1"},"prompt_at":"2026-11-23T02:00:00Z","deadline_at":"2026-11-23T06:00:00Z","state":"answered","answers":[{"question":0,"text":"U1 on 2026-11-20: <!channel> @everyone 🧑\u200d💻\nsecond line","message":"said-s4-2026-11-20-U1"},{"question":1,"text":"U1 on 2026-11-20: <!channel> @everyone 🧑\u200d💻\nsecond line","message":null}],"answered_at":"2026-11-23T02:30:00Z","edited_at":"2026-11-23T02:40:00Z","late":true,"reminded":true,"settled":true}');
INSERT INTO answer_message (workspace, message, standup, date, user_id) VALUES
    ('slack:T1', 'said-s1-2026-11-19-U1', 's1', '2026-11-19', 'U1'),
    ('slack:T1', 'said-s1-2026-11-20-U2', 's1', '2026-11-20', 'U2'),
    ('slack:T1', 'said-s4-2026-11-20-U1', 's4', '2026-11-20', 'U1');
INSERT INTO dialog (workspace, user_id, body) VALUES
    ('slack:T1', 'U1', '{"user":"U1","entry":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"},"question":2}');
INSERT INTO note (workspace, id, user_id, at, used, body) VALUES
    ('slack:T1', 'n1', 'U1', 1795399260000, FALSE, 'second'),
    ('slack:T1', 'n2', 'U1', 1795399200000, FALSE, 'first <@U2>'),
    ('slack:T1', 'n3', 'U1', 1795399200000, TRUE, 'long ago'),
    ('slack:T1', 'n4', 'U2', 1795399200000, FALSE, 'ben''s');
INSERT INTO post (workspace, subject, channel, message, at) VALUES
    ('slack:T1', 'prompt/s1/2026-11-19/U1', 'D1', 'm0', 1795399200000),
    ('slack:T1', 'prompt/s1/2026-11-20/U1', 'D1', 'm1', 1795399200000),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 'D1', 'm2', 1795399200000),
    ('slack:T1', 'prompt/s1/2026-11-23/U2', 'D1', 'm3', 1795399200000),
    ('slack:T1', 'report/s1/2026-11-20/U2/1', 'D1', 'm5', 1795399200000),
    ('slack:T1', 'report/s1/2026-11-20/head/0', 'D1', 'm4', 1795399200000),
    ('slack:T1', 'report/s1/2026-11-23/U2/0', 'D1', 'm6', 1795399200000);
INSERT INTO inbox (workspace, key, at, failed, reference, why, body) VALUES
    ('slack:T1', 'E1', 1795399200000, FALSE, NULL, NULL, NULL),
    ('slack:T1', 'E77', 1795399200000, TRUE, '6pysp6632ffgd', 'an invariant broke', '{"key":"E77","workspace":"slack:T1","event":{"seen":"unlocked"}}');
INSERT INTO outbox (workspace, key, lane, due_at, state, uncertain, leased_until, lease, attempts, last_error, subject, path, settled_at, body) VALUES
    ('slack:T1', 'effect00', 'lane/00', 1795399200000, 'leased', FALSE, 1795406400000, 1, 0, NULL, 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', NULL, '{"standup":{"prompt":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}'),
    ('slack:T1', 'effect01', 'lane/01', 1795402800000, 'pending', TRUE, NULL, 1, 1, 'timeout', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', NULL, '{"standup":{"prompt_state":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}'),
    ('slack:T1', 'effect02', 'lane/02', 1795399200002, 'sent', FALSE, NULL, 1, 0, NULL, 'prompt/s1/2026-11-19/U1', 's1/2026-11-19/U1', 1795399200000, '{"standup":{"remind":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}'),
    ('slack:T1', 'effect03', 'lane/03', 1795399200003, 'sent', FALSE, NULL, 1, 0, NULL, 'prompt/s1/2026-11-20/U1', 's1/2026-11-20/U1', 1795399200000, '{"standup":{"question":[{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"},3]}}'),
    ('slack:T1', 'effect04', 'lane/04', 1795399200004, 'sent', FALSE, NULL, 1, 0, NULL, 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399200000, '{"standup":{"thanks":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}'),
    ('slack:T1', 'effect05', 'lane/05', 1795399200005, 'sent', FALSE, NULL, 1, 0, NULL, 'prompt/s1/2026-11-23/U2', 's1/2026-11-23/U2', 1795399200000, '{"standup":{"report":[{"standup":"s1","date":"2026-11-23"},{"head":2}]}}'),
    ('slack:T1', 'effect06', 'lane/06', 1795399200006, 'sent', FALSE, NULL, 1, 0, NULL, 'report/s1/2026-11-20/head/0', 's1/2026-11-20/head/0', 1795399200000, '{"standup":{"report":[{"standup":"s1","date":"2026-11-23"},{"answer":["U2",1]}]}}'),
    ('slack:T1', 'effect07', 'lane/07', 1795399200007, 'sent', FALSE, NULL, 1, 0, NULL, 'report/s1/2026-11-20/U2/1', 's1/2026-11-20/U2/1', 1795399200000, '{"standup":{"observe":[{"standup":"s1","date":"2026-11-23"},"U5",1]}}'),
    ('slack:T1', 'effect08', 'lane/08', 1795399200008, 'sent', FALSE, NULL, 1, 0, NULL, 'report/s1/2026-11-23/U2/0', 's1/2026-11-23/U2/0', 1795399200000, '{"standup":{"tell":["U1",{"welcome":"s1"}]}}'),
    ('slack:T1', 'effect09', 'lane/09', 1795399200009, 'dead', FALSE, NULL, 1, 0, '"channel_gone"', NULL, NULL, 1795399200000, '{"standup":{"tell":["U1","nothing_open"]}}'),
    ('slack:T1', 'effect10', 'lane/10', 1795399200010, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"standup":{"tell":["U1",{"channel_closed":["s1","not_in_channel"]}]}}'),
    ('slack:T1', 'effect11', 'lane/11', 1795399200011, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"standup":{"tell":["U1",{"closed_meanwhile":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}]}}'),
    ('slack:T1', 'effect12', 'lane/12', 1795399200012, 'pending', FALSE, NULL, 1, 0, NULL, 'zone/U2', 'U2', NULL, '{"people":{"ask_zone":"U2"}}'),
    ('slack:T1', 'effect13', 'lane/13', 1795399200013, 'pending', FALSE, NULL, 1, 0, NULL, 'admin/U1/locked/1795399200000', 'U1/locked/1795399200000', NULL, '{"people":{"tell_admin":{"admin":"U1","trouble":{"locked":{"since":"2026-11-23T02:00:00Z","until":"2026-11-23T03:00:00Z"}}}}}'),
    ('slack:T1', 'effect14', 'lane/14', 1795399200014, 'pending', FALSE, NULL, 1, 0, NULL, 'admin/U1/channel/C2', 'U1/channel/C2', NULL, '{"people":{"tell_admin":{"admin":"U1","trouble":{"channel":{"channel":"C2","standup":"Harian","refusal":{"missing_permission":"chat:write"}}}}}}'),
    ('slack:T1', 'effect15', 'lane/15', 1795399200015, 'pending', FALSE, NULL, 1, 0, NULL, 'admin/U1/undelivered/prompt/s1', 'U1/undelivered/prompt/s1', NULL, '{"people":{"tell_admin":{"admin":"U1","trouble":{"undelivered":{"subject":"prompt/s1","refusal":{"gave_up":"500"}}}}}}'),
    ('slack:T1', 'effect16', 'lane/16', 1795399200016, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"errand":"directory"}'),
    ('slack:T1', 'effect17', 'lane/17', 1795399200017, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"errand":"channels"}'),
    ('slack:T1', 'effect18', 'lane/18', 1795399200018, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"errand":{"member":"U1"}}'),
    ('slack:T1', 'effect19', 'lane/19', 1795399200019, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"errand":{"channel_members":"C1"}}'),
    ('slack:T1', 'effect20', 'lane/20', 1795399200020, 'pending', FALSE, NULL, 1, 0, NULL, NULL, NULL, NULL, '{"errand":{"group_members":"G1"}}');
INSERT INTO wake (workspace, key, at, body) VALUES
    ('slack:T1', 'close/s1/2026-11-23', 1795399203000, '{"standup":{"close":{"standup":"s1","date":"2026-11-23"}}}'),
    ('slack:T1', 'plan/s1', 1795399200000, '{"standup":{"plan":{"standup":"s1","date":"2026-11-23"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 1795399201000, '{"standup":{"prompt":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}'),
    ('slack:T1', 'refresh', 1795399205000, '{"people":"refresh"}'),
    ('slack:T1', 'remind/s1/2026-11-23/U1', 1795399202000, '{"standup":{"remind":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}'),
    ('slack:T1', 'report/s1/2026-11-23/U1', 1795399204000, '{"standup":{"report":{"round":{"standup":"s1","date":"2026-11-23"},"user":"U1"}}}');
INSERT INTO receipt (workspace, subject, path, at, cause, what, body) VALUES
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399200000, 'E0', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399201000, 'E1', 'at38efavwmcm0', '{"sent_late":{"standup":"window_over"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399202000, 'E2', 'azcf4svcgqga6', '{"skipped":{"standup":"time_passed"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399203000, 'E3', 'ypw822m6v9f69', '{"noted":{"standup":"already_answered"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399204000, 'E4', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399205000, 'E5', '0f4hv1vpf9246', '{"sent_late":{"standup":"left_standup"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399206000, 'E6', '97ny996mkvx59', '{"skipped":{"standup":"answered"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399207000, 'E7', 'wx5p0v6xnkmmb', '{"noted":{"standup":"answered_late"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399208000, 'E8', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399209000, 'E9', '2kgvbs923pmma', '{"sent_late":{"standup":"missed"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399210000, 'E10', 'te2j1qed0kb10', '{"skipped":{"standup":"closed_all_answered"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399211000, 'E11', 'fe72kxfycbyx1', '{"noted":{"standup":"closed_at_deadline"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399212000, 'E12', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399213000, 'E13', 'gbfneq6qhk929', '{"sent_late":{"people":{"holiday":"Hari Raya"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399214000, 'E14', 'zkpbvw6t2t35f', '{"skipped":{"people":{"away":"2026-11-23T02:00:00Z"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399215000, 'E15', 'nvp8m0mkar388', '{"noted":{"people":{"away":null}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399216000, 'E16', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399217000, 'E17', 'mh08jg5ccw9x4', '{"sent_late":{"people":"downtime"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399218000, 'E18', '9wjgs6ptfgy7d', '{"skipped":{"people":"rate_limited"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399219000, 'E19', '03p367yyey6d7', '{"noted":{"people":"member_gone"}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399220000, 'E20', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399221000, 'E21', '2yhj0d96t1je2', '{"sent_late":{"people":{"refused":"direct_messages_closed"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399222000, 'E22', 'vskt5fny23d57', '{"skipped":{"people":{"refused":"not_in_channel"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399223000, 'E23', 'df04b25txg7d5', '{"noted":{"people":{"refused":"channel_gone"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399224000, 'E24', '7yncnymxn4rn2', '"sent"'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399225000, 'E25', '2hvc10w0kvxh0', '{"sent_late":{"people":{"refused":"message_gone"}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399226000, 'E26', 'zfxy4z5jmwm7a', '{"skipped":{"people":{"refused":{"missing_permission":"im:write"}}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399227000, 'E27', '7kjfxh8w3jcq8', '{"noted":{"people":{"refused":{"gave_up":"éééééééééééééééééééééééééééééééééééééééééééééééééé"}}}}'),
    ('slack:T1', 'prompt/s1/2026-11-23/U1', 's1/2026-11-23/U1', 1795399228000, 'E28', '7yncnymxn4rn2', '"sent"');
INSERT INTO kept (key, value) VALUES
    ('dm/U1', 'D1');
