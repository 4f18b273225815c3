-- Calendars that people gave the address of. What is known of their times is in member.body.

-- A calendar. Its address is a secret: whoever has it reads the calendar.
CREATE TABLE feed (
    workspace TEXT NOT NULL, -- workspace.id
    id        TEXT NOT NULL, -- FeedId: derived from the inbox key
    user_id   TEXT NOT NULL, -- member.user_id
    address   TEXT NOT NULL, -- https://…
    body      TEXT NOT NULL, -- people::Marks as JSON
    PRIMARY KEY (workspace, id)
) WITHOUT ROWID;
