-- What the author of a message to somebody who is off may choose.

-- A message for later that is in a channel as well: which, by the name under which norms know it (judged.id).
ALTER TABLE later ADD COLUMN source TEXT;
CREATE INDEX later_source ON later (workspace, source) WHERE source IS NOT NULL;

-- An urgent message, on record with its sender's reason. Goes with the retention.
CREATE TABLE alert (
    workspace TEXT NOT NULL, -- workspace.id
    id        TEXT NOT NULL, -- judged.id
    author    TEXT NOT NULL, -- member.user_id
    at        BIGINT NOT NULL, -- when it was sent as urgent, epoch milliseconds
    body      TEXT   NOT NULL, -- norm::Alert as JSON
    PRIMARY KEY (workspace, id)
);
CREATE INDEX alert_author ON alert (workspace, author, at);
CREATE INDEX alert_age ON alert (at);
