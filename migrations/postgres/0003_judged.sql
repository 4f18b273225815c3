-- What norms found of messages: never their words.

-- A message that a norm had something to say about. Goes with its message, and with the retention.
CREATE TABLE judged (
    workspace    TEXT COLLATE "C" NOT NULL, -- workspace.id
    id           TEXT COLLATE "C" NOT NULL, -- JudgedId: derived from channel and message
    conversation TEXT COLLATE "C" NOT NULL, -- the channel, or channel/first message of the thread
    author       TEXT COLLATE "C" NOT NULL, -- member.user_id
    at           BIGINT NOT NULL, -- when it was judged last, epoch milliseconds
    told_at      BIGINT,          -- when its author was told, or would have been
    body         TEXT   NOT NULL, -- norm::Judged as JSON
    PRIMARY KEY (workspace, id)
);
CREATE INDEX judged_told ON judged (workspace, author, told_at);
CREATE INDEX judged_at ON judged (workspace, at);
CREATE INDEX judged_age ON judged (at);
