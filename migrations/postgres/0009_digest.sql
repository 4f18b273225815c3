-- What waits for somebody's digest.

-- Something that waits, or came. Holds the first line of a member's words until the retention ends, which counts from
-- when it came.
CREATE TABLE digest_item (
    workspace  TEXT COLLATE "C" NOT NULL, -- workspace.id
    id         TEXT COLLATE "C" NOT NULL, -- ItemId: derived from its reader and its source
    reader     TEXT COLLATE "C" NOT NULL, -- member.user_id
    digest     TEXT COLLATE "C",          -- the digest that it is in or came in; none while it waits
    due        BIGINT NOT NULL, -- until when it wants an answer, epoch milliseconds; the greatest number where it doesn't
    since      BIGINT NOT NULL, -- epoch milliseconds
    waits      BOOLEAN NOT NULL, -- for a digest
    settled_at BIGINT,        -- when it came, or its reader was done with it, epoch milliseconds; none before
    body       TEXT NOT NULL, -- digest::Item as JSON
    PRIMARY KEY (workspace, id)
);
CREATE INDEX digest_item_waits ON digest_item (workspace, reader, due, since, id) WHERE waits;
CREATE INDEX digest_item_digest ON digest_item (workspace, digest) WHERE digest IS NOT NULL;
CREATE INDEX digest_item_settled ON digest_item (settled_at) WHERE settled_at IS NOT NULL;
