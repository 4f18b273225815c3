-- Everything that standups, people and delivery need.
--
-- `body` is a core type as JSON, and is the truth. The columns beside it repeat what rows are found by; they are
-- written from it in the same statement, and never read back into it. Instants are epoch milliseconds, UTC; civil
-- dates are ISO 8601. Every key begins with the workspace. Names compare byte by byte (COLLATE "C"), as they do in
-- SQLite, so that what begins with the same words is a range of an index.
-- Words of members stand in entry.body and note.body, and in inbox.body of an event whose decision failed; nowhere
-- else.

-- A Slack team or a Discord server.
CREATE TABLE workspace (
    id               TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- slack:T…, discord:…
    -- The configured language when the row was written. A row that still has it was told no other by its platform,
    -- and follows the configuration at the next start.
    default_language TEXT NOT NULL,
    body             TEXT NOT NULL              -- people::Workspace as JSON
);

-- A user in a workspace, with what they declared.
CREATE TABLE member (
    workspace TEXT COLLATE "C"    NOT NULL, -- workspace.id
    user_id   TEXT COLLATE "C"    NOT NULL, -- the platform's id
    admin     BOOLEAN NOT NULL, -- administers the workspace
    active    BOOLEAN NOT NULL, -- still there
    body      TEXT    NOT NULL, -- people::Member as JSON
    PRIMARY KEY (workspace, user_id)
);

-- A channel that the bot has heard of.
CREATE TABLE channel (
    workspace TEXT COLLATE "C" NOT NULL, -- workspace.id
    channel   TEXT COLLATE "C" NOT NULL, -- the platform's id
    body      TEXT NOT NULL, -- people::Channel as JSON
    PRIMARY KEY (workspace, channel)
);

-- Who is in a channel, as far as a standup needed to know.
CREATE TABLE channel_member (
    workspace TEXT COLLATE "C" NOT NULL, -- workspace.id
    channel   TEXT COLLATE "C" NOT NULL, -- channel.channel
    user_id   TEXT COLLATE "C" NOT NULL, -- member.user_id
    PRIMARY KEY (workspace, channel, user_id)
);
CREATE INDEX channel_member_of ON channel_member (workspace, user_id);

-- Who is in a Slack user group or a Discord role, as far as a standup needed to know.
CREATE TABLE group_member (
    workspace TEXT COLLATE "C" NOT NULL, -- workspace.id
    group_id  TEXT COLLATE "C" NOT NULL, -- the platform's id
    user_id   TEXT COLLATE "C" NOT NULL, -- member.user_id
    PRIMARY KEY (workspace, group_id, user_id)
);
CREATE INDEX group_member_of ON group_member (workspace, user_id);

-- A standup's definition.
CREATE TABLE standup (
    workspace TEXT COLLATE "C"    NOT NULL, -- workspace.id
    id        TEXT COLLATE "C"    NOT NULL, -- StandupId
    name_key  TEXT COLLATE "C"    NOT NULL, -- its name in lower case
    deleted   BOOLEAN NOT NULL, -- kept for its past reports only
    body      TEXT    NOT NULL, -- standup::Standup as JSON
    PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX standup_name ON standup (workspace, name_key) WHERE NOT deleted;

-- One occurrence of a standup.
CREATE TABLE round (
    workspace TEXT COLLATE "C"    NOT NULL, -- workspace.id
    standup   TEXT COLLATE "C"    NOT NULL, -- standup.id
    date      TEXT COLLATE "C"    NOT NULL, -- civil date, ISO 8601
    is_open   BOOLEAN NOT NULL, -- not closed yet
    body      TEXT    NOT NULL, -- standup::Round as JSON
    PRIMARY KEY (workspace, standup, date)
);
CREATE INDEX round_open ON round (workspace, standup) WHERE is_open;

-- One member's part in a round. Holds member text.
CREATE TABLE entry (
    workspace TEXT COLLATE "C"    NOT NULL, -- workspace.id
    standup   TEXT COLLATE "C"    NOT NULL, -- standup.id
    date      TEXT COLLATE "C"    NOT NULL, -- round.date
    user_id   TEXT COLLATE "C"    NOT NULL, -- member.user_id
    answered  BOOLEAN NOT NULL, -- a whole answer was given
    body      TEXT    NOT NULL, -- standup::Entry as JSON
    PRIMARY KEY (workspace, standup, user_id, date)
);
CREATE INDEX entry_round ON entry (workspace, standup, date);

-- Which direct message holds a part of which answer, so that its edit is found again.
CREATE TABLE answer_message (
    workspace TEXT COLLATE "C" NOT NULL, -- workspace.id
    message   TEXT COLLATE "C" NOT NULL, -- the platform's message id
    standup   TEXT COLLATE "C" NOT NULL, -- entry.standup
    date      TEXT COLLATE "C" NOT NULL, -- entry.date
    user_id   TEXT COLLATE "C" NOT NULL, -- entry.user_id
    PRIMARY KEY (workspace, message, standup, date, user_id)
);

-- A dialog under way.
CREATE TABLE dialog (
    workspace TEXT COLLATE "C" NOT NULL, -- workspace.id
    user_id   TEXT COLLATE "C" NOT NULL, -- member.user_id
    body      TEXT NOT NULL, -- standup::Dialog as JSON
    PRIMARY KEY (workspace, user_id)
);

-- A line jotted down for one's next answer. Holds member text.
CREATE TABLE note (
    workspace TEXT COLLATE "C"    NOT NULL, -- workspace.id
    id        TEXT COLLATE "C"    NOT NULL, -- derived from the inbox key
    user_id   TEXT COLLATE "C"    NOT NULL, -- member.user_id
    at        BIGINT  NOT NULL, -- epoch milliseconds
    used      BOOLEAN NOT NULL, -- its answer was sent
    body      TEXT    NOT NULL, -- the text
    PRIMARY KEY (workspace, id)
);
CREATE INDEX note_unused ON note (workspace, user_id, at) WHERE NOT used;

-- Where a message is that may be edited later.
CREATE TABLE post (
    workspace TEXT COLLATE "C"   NOT NULL, -- workspace.id
    subject   TEXT COLLATE "C"   NOT NULL, -- what it is about: prompt/…, report/…
    channel   TEXT COLLATE "C"   NOT NULL, -- the platform's channel
    message   TEXT COLLATE "C"   NOT NULL, -- the platform's message id
    at        BIGINT NOT NULL, -- epoch milliseconds
    PRIMARY KEY (workspace, subject)
);
CREATE INDEX post_message ON post (workspace, message);

-- Everything that was taken, once. What was decided is in the other tables; the event itself is kept only where
-- deciding failed.
CREATE TABLE inbox (
    workspace TEXT COLLATE "C"    NOT NULL, -- workspace.id
    key       TEXT COLLATE "C"    NOT NULL, -- the platform's durable name of the event
    at        BIGINT  NOT NULL, -- when it was taken, epoch milliseconds
    failed    BOOLEAN NOT NULL DEFAULT FALSE, -- deciding failed
    reference TEXT COLLATE "C",             -- what the member was told, where deciding failed
    why       TEXT,             -- why it failed; never a body
    body      TEXT,             -- the event as JSON, where deciding failed
    PRIMARY KEY (workspace, key)
);
CREATE INDEX inbox_failed ON inbox (reference) WHERE failed;

-- Everything that is owed, and what became of it. Holds no words: they are made at release.
CREATE TABLE outbox (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- order in a lane
    workspace    TEXT COLLATE "C"    NOT NULL, -- workspace.id
    key          TEXT COLLATE "C"    NOT NULL, -- EffectKey
    lane         TEXT COLLATE "C"    NOT NULL, -- effects of one lane go out in order
    due_at       BIGINT  NOT NULL, -- not before, epoch milliseconds
    state        TEXT COLLATE "C"    NOT NULL, -- pending, leased, sent, skipped, dead
    uncertain    BOOLEAN NOT NULL DEFAULT FALSE, -- a try may have arrived: ask before sending
    leased_until BIGINT,           -- end of the lease, epoch milliseconds
    lease        BIGINT  NOT NULL DEFAULT 0, -- counts leases: the holder of an older one may not settle it
    attempts     BIGINT  NOT NULL DEFAULT 0, -- tries so far
    last_error   TEXT,             -- the last trouble's code; never a body
    subject      TEXT COLLATE "C",             -- what its message is about: prompt/s1/2026-11-24/U1
    path         TEXT COLLATE "C",             -- the subject without its first word: s1/2026-11-24/U1
    settled_at   BIGINT,           -- when it came to its end, epoch milliseconds
    body         TEXT    NOT NULL, -- effect::Effect as JSON
    UNIQUE (workspace, key)
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE settled_at IS NULL;
CREATE INDEX outbox_lane ON outbox (workspace, lane, seq) WHERE settled_at IS NULL;
-- One lease a lane, also when two processes claim at the same instant.
CREATE UNIQUE INDEX outbox_leased ON outbox (workspace, lane) WHERE state = 'leased';
CREATE INDEX outbox_dead ON outbox (settled_at) WHERE state = 'dead';
CREATE INDEX outbox_key ON outbox (key);
CREATE INDEX outbox_subject ON outbox (subject);
CREATE INDEX outbox_path ON outbox (path);

-- What is to be done at a time.
CREATE TABLE wake (
    workspace TEXT COLLATE "C"   NOT NULL, -- workspace.id
    key       TEXT COLLATE "C"   NOT NULL, -- WakeKey
    at        BIGINT NOT NULL, -- epoch milliseconds
    body      TEXT   NOT NULL, -- wake::Wake as JSON
    PRIMARY KEY (workspace, key)
);
CREATE INDEX wake_at ON wake (at);

-- What became of everything that fell due. Holds no member text.
CREATE TABLE receipt (
    seq       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- order of writing
    workspace TEXT COLLATE "C"   NOT NULL, -- workspace.id
    subject   TEXT COLLATE "C"   NOT NULL, -- what it is about: prompt/s1/2026-11-24/U1
    path      TEXT COLLATE "C"   NOT NULL, -- the subject without its first word: s1/2026-11-24/U1
    at        BIGINT NOT NULL, -- epoch milliseconds
    cause     TEXT COLLATE "C"   NOT NULL, -- inbox.key
    what      TEXT COLLATE "C"   NOT NULL, -- the body, shortened to a fixed length, so that the same is written once
    body      TEXT   NOT NULL, -- receipt::What as JSON
    UNIQUE (subject, workspace, cause, what)
);
CREATE INDEX receipt_path ON receipt (path);

-- Small things that adapters remember. Losing one costs a call, never a message.
CREATE TABLE kept (
    key   TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- dm/…, commands/…
    value TEXT NOT NULL              -- as the adapter wrote it
);
