-- Everything that standups, people and delivery need. Instants are epoch milliseconds.

-- A Slack team or a Discord server.
CREATE TABLE workspace (
    id   TEXT NOT NULL PRIMARY KEY, -- slack:T…, discord:…
    body TEXT NOT NULL              -- people::Workspace as JSON
);

-- A user in a workspace, with what they declared.
CREATE TABLE member (
    workspace TEXT    NOT NULL, -- workspace.id
    user_id   TEXT    NOT NULL, -- the platform's id
    admin     BOOLEAN NOT NULL, -- administers the workspace
    active    BOOLEAN NOT NULL, -- still there
    body      TEXT    NOT NULL, -- people::Member as JSON
    PRIMARY KEY (workspace, user_id)
);

-- A channel that the bot has heard of.
CREATE TABLE channel (
    workspace TEXT NOT NULL, -- workspace.id
    channel   TEXT NOT NULL, -- the platform's id
    body      TEXT NOT NULL, -- people::Channel as JSON
    PRIMARY KEY (workspace, channel)
);

-- Who is in a channel, as far as a standup needed to know.
CREATE TABLE channel_member (
    workspace TEXT NOT NULL, -- workspace.id
    channel   TEXT NOT NULL, -- channel.channel
    user_id   TEXT NOT NULL, -- member.user_id
    PRIMARY KEY (workspace, channel, user_id)
);
CREATE INDEX channel_member_of ON channel_member (workspace, user_id);

-- Who is in a Slack user group or a Discord role, as far as a standup needed to know.
CREATE TABLE group_member (
    workspace TEXT NOT NULL, -- workspace.id
    group_id  TEXT NOT NULL, -- the platform's id
    user_id   TEXT NOT NULL, -- member.user_id
    PRIMARY KEY (workspace, group_id, user_id)
);
CREATE INDEX group_member_of ON group_member (workspace, user_id);

-- A standup's definition.
CREATE TABLE standup (
    workspace TEXT    NOT NULL, -- workspace.id
    id        TEXT    NOT NULL, -- StandupId
    name_key  TEXT    NOT NULL, -- its name in lower case
    deleted   BOOLEAN NOT NULL, -- kept for its past reports only
    body      TEXT    NOT NULL, -- standup::Standup as JSON
    PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX standup_name ON standup (workspace, name_key) WHERE NOT deleted;

-- One occurrence of a standup.
CREATE TABLE round (
    workspace TEXT    NOT NULL, -- workspace.id
    standup   TEXT    NOT NULL, -- standup.id
    date      TEXT    NOT NULL, -- civil date, ISO 8601
    is_open   BOOLEAN NOT NULL, -- not closed yet
    body      TEXT    NOT NULL, -- standup::Round as JSON
    PRIMARY KEY (workspace, standup, date)
);
CREATE INDEX round_open ON round (workspace, standup) WHERE is_open;

-- One member's part in a round. Holds member text.
CREATE TABLE entry (
    workspace TEXT    NOT NULL, -- workspace.id
    standup   TEXT    NOT NULL, -- standup.id
    date      TEXT    NOT NULL, -- round.date
    user_id   TEXT    NOT NULL, -- member.user_id
    answered  BOOLEAN NOT NULL, -- a whole answer was given
    body      TEXT    NOT NULL, -- standup::Entry as JSON
    PRIMARY KEY (workspace, standup, date, user_id)
);
CREATE INDEX entry_of ON entry (workspace, user_id, standup, date);

-- Which direct message holds a part of which answer, so that its edit is found again.
CREATE TABLE answer_message (
    workspace TEXT NOT NULL, -- workspace.id
    message   TEXT NOT NULL, -- the platform's message id
    standup   TEXT NOT NULL, -- entry.standup
    date      TEXT NOT NULL, -- entry.date
    user_id   TEXT NOT NULL, -- entry.user_id
    PRIMARY KEY (workspace, message, standup, date, user_id)
);
CREATE INDEX answer_message_of ON answer_message (workspace, standup, date, user_id);

-- A dialog under way.
CREATE TABLE dialog (
    workspace TEXT NOT NULL, -- workspace.id
    user_id   TEXT NOT NULL, -- member.user_id
    body      TEXT NOT NULL, -- standup::Dialog as JSON
    PRIMARY KEY (workspace, user_id)
);

-- A line jotted down for one's next answer. Holds member text.
CREATE TABLE note (
    workspace TEXT    NOT NULL, -- workspace.id
    id        TEXT    NOT NULL, -- derived from the inbox key
    user_id   TEXT    NOT NULL, -- member.user_id
    at        BIGINT  NOT NULL, -- epoch milliseconds
    used      BOOLEAN NOT NULL, -- its answer was sent
    body      TEXT    NOT NULL, -- the text
    PRIMARY KEY (workspace, id)
);
CREATE INDEX note_unused ON note (workspace, user_id, at) WHERE NOT used;

-- Where a message is that may be edited later.
CREATE TABLE post (
    workspace TEXT   NOT NULL, -- workspace.id
    subject   TEXT   NOT NULL, -- what it is about: prompt/…, report/…
    channel   TEXT   NOT NULL, -- the platform's channel
    message   TEXT   NOT NULL, -- the platform's message id
    at        BIGINT NOT NULL, -- epoch milliseconds
    PRIMARY KEY (workspace, subject)
);
CREATE INDEX post_message ON post (workspace, message);

-- Everything that was taken, once. What was decided is in the other tables; the event itself is kept only where
-- deciding failed.
CREATE TABLE inbox (
    workspace TEXT    NOT NULL, -- workspace.id
    key       TEXT    NOT NULL, -- the platform's durable name of the event
    at        BIGINT  NOT NULL, -- when it was taken, epoch milliseconds
    failed    BOOLEAN NOT NULL DEFAULT FALSE, -- deciding failed
    reference TEXT,             -- what the member was told, where deciding failed
    why       TEXT,             -- why it failed; never a body
    body      TEXT,             -- the event as JSON, where deciding failed
    PRIMARY KEY (workspace, key)
);
CREATE INDEX inbox_at ON inbox (at);
CREATE INDEX inbox_failed ON inbox (reference) WHERE failed;

-- Everything that is owed, and what became of it. Holds no words: they are made at release.
CREATE TABLE outbox (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT, -- order in a lane
    key          TEXT    NOT NULL UNIQUE, -- EffectKey
    workspace    TEXT    NOT NULL, -- workspace.id
    lane         TEXT    NOT NULL, -- effects of one lane go out in order
    due_at       BIGINT  NOT NULL, -- not before, epoch milliseconds
    state        TEXT    NOT NULL, -- pending, leased, sent, skipped, dead
    uncertain    BOOLEAN NOT NULL DEFAULT FALSE, -- a try may have arrived: ask before sending
    leased_until BIGINT,           -- end of the lease, epoch milliseconds
    attempts     BIGINT  NOT NULL DEFAULT 0, -- tries so far
    last_error   TEXT,             -- the last trouble's code; never a body
    subject      TEXT,             -- what its message was about, once settled
    settled_at   BIGINT,           -- when it came to its end, epoch milliseconds
    body         TEXT    NOT NULL  -- effect::Effect as JSON
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE settled_at IS NULL;
CREATE INDEX outbox_lane ON outbox (workspace, lane, seq) WHERE settled_at IS NULL;
CREATE INDEX outbox_subject ON outbox (subject);

-- What is to be done at a time.
CREATE TABLE wake (
    workspace TEXT   NOT NULL, -- workspace.id
    key       TEXT   NOT NULL, -- WakeKey
    at        BIGINT NOT NULL, -- epoch milliseconds
    body      TEXT   NOT NULL, -- wake::Wake as JSON
    PRIMARY KEY (workspace, key)
);
CREATE INDEX wake_at ON wake (at);

-- What became of everything that fell due. Holds no member text.
CREATE TABLE receipt (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing
    workspace TEXT   NOT NULL, -- workspace.id
    subject   TEXT   NOT NULL, -- what it is about
    at        BIGINT NOT NULL, -- epoch milliseconds
    cause     TEXT   NOT NULL, -- inbox.key
    body      TEXT   NOT NULL, -- receipt::What as JSON
    UNIQUE (workspace, subject, cause, body)
);
CREATE INDEX receipt_at ON receipt (at);

-- Small things that adapters remember. Losing one costs a call, never a message.
CREATE TABLE kept (
    key   TEXT NOT NULL PRIMARY KEY, -- dm/…, commands/…
    value TEXT NOT NULL              -- as the adapter wrote it
);
