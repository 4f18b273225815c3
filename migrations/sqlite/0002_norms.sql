-- What a team agreed on, revision by revision, and the names by which its groups are called.
--
-- Revisions are only ever added: the number alone says what is in one, so whoever has read it needn't read it again.

-- A set of norms that was applied.
CREATE TABLE norm_revision (
    workspace TEXT   NOT NULL, -- workspace.id
    number    BIGINT NOT NULL, -- counts from 1 in each workspace; the newest is live
    at        BIGINT NOT NULL, -- when it was applied, epoch milliseconds
    author    TEXT   NOT NULL, -- who applied it, as they called themselves
    body      TEXT   NOT NULL, -- norm::NormSet as JSON
    PRIMARY KEY (workspace, number)
) WITHOUT ROWID;

-- A Slack user group or a Discord role. Who is in it is in group_member.
CREATE TABLE group_name (
    workspace TEXT NOT NULL, -- workspace.id
    group_id  TEXT NOT NULL, -- the platform's id
    name      TEXT NOT NULL, -- the name by which it is mentioned, without @
    PRIMARY KEY (workspace, group_id)
) WITHOUT ROWID;
