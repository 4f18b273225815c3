-- Questions with a time to answer.

-- A question, who is asked until when, and what they answered. Holds member text until the retention ends, which counts
-- from the question's end.
CREATE TABLE ask (
    workspace  TEXT NOT NULL, -- workspace.id
    id         TEXT NOT NULL, -- AskId: derived from the inbox key
    asker      TEXT NOT NULL, -- member.user_id
    number     BIGINT NOT NULL, -- counts from 1 for each asker
    asked_at   BIGINT NOT NULL, -- epoch milliseconds
    settled_at BIGINT,        -- when nothing more was to happen, epoch milliseconds; none before
    body       TEXT NOT NULL, -- ask::Ask as JSON
    PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX ask_number ON ask (workspace, asker, number);
CREATE INDEX ask_unsettled ON ask (workspace, asker) WHERE settled_at IS NULL;
CREATE INDEX ask_settled ON ask (settled_at) WHERE settled_at IS NOT NULL;

-- The number of each asker's newest question. Outlives the questions, so that no number is given again.
CREATE TABLE ask_newest (
    workspace TEXT NOT NULL, -- workspace.id
    asker     TEXT NOT NULL, -- member.user_id
    number    BIGINT NOT NULL, -- the newest question's
    PRIMARY KEY (workspace, asker)
);

-- Whom an open question asks who has not answered.
CREATE TABLE ask_waits (
    workspace TEXT NOT NULL, -- workspace.id
    user_id   TEXT NOT NULL, -- member.user_id
    ask       TEXT NOT NULL, -- ask.id
    PRIMARY KEY (workspace, user_id, ask)
);
CREATE INDEX ask_waits_ask ON ask_waits (workspace, ask);

-- Messages of a question in its channel: its own, and the answers.
CREATE TABLE ask_message (
    workspace TEXT NOT NULL, -- workspace.id
    channel   TEXT NOT NULL, -- channel.channel
    message   TEXT NOT NULL, -- MessageId
    ask       TEXT NOT NULL, -- ask.id
    PRIMARY KEY (workspace, channel, message)
);
CREATE INDEX ask_message_ask ON ask_message (workspace, ask);
