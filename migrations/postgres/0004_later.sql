-- Messages that are delivered later.

-- A message that waits for its reader's hours, and what became of it. Holds member text until it was delivered, taken
-- back or given back, and none after that. The newest of each author stays, so that its number is not given again.
CREATE TABLE later (
    workspace  TEXT COLLATE "C" NOT NULL, -- workspace.id
    id         TEXT COLLATE "C" NOT NULL, -- LaterId: derived from the inbox key
    author     TEXT COLLATE "C" NOT NULL, -- member.user_id
    number     BIGINT NOT NULL, -- counts from 1 for each author
    reader     TEXT COLLATE "C",          -- member.user_id whose hours it waits for; none in a channel, and once it waits no more
    due_at     BIGINT,          -- when it is expected to go out, while it waits; epoch milliseconds
    done       BOOLEAN NOT NULL, -- it came to its end
    settled_at BIGINT,          -- when, epoch milliseconds
    body       TEXT   NOT NULL, -- later::Later as JSON
    PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX later_number ON later (workspace, author, number);
CREATE INDEX later_open ON later (workspace, author) WHERE NOT done;
CREATE INDEX later_reader ON later (workspace, reader, due_at) WHERE reader IS NOT NULL;
CREATE INDEX later_settled ON later (settled_at) WHERE settled_at IS NOT NULL;
