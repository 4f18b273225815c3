-- People with accounts in several workspaces, who say their hours once.

-- One human. No workspace's own: each of their accounts' rows repeats what is said here.
CREATE TABLE person (
    id   TEXT NOT NULL PRIMARY KEY, -- PersonId: derived from the inbox key
    body TEXT NOT NULL              -- people::Person as JSON
) WITHOUT ROWID;

-- Whose account a member is.
CREATE TABLE account (
    workspace TEXT NOT NULL, -- workspace.id
    user_id   TEXT NOT NULL, -- member.user_id
    person    TEXT NOT NULL, -- person.id
    PRIMARY KEY (workspace, user_id)
) WITHOUT ROWID;
CREATE INDEX account_person ON account (person);

-- Codes by which accounts are linked. A person has one at most, which goes when it is used.
CREATE TABLE link_offer (
    code   TEXT   NOT NULL PRIMARY KEY, -- people::Code
    person TEXT   NOT NULL,             -- person.id
    until  BIGINT NOT NULL,             -- when it no longer works, epoch milliseconds
    body   TEXT   NOT NULL              -- people::Offer as JSON
) WITHOUT ROWID;
CREATE UNIQUE INDEX link_offer_person ON link_offer (person);
CREATE INDEX link_offer_until ON link_offer (until);
