-- +goose Up
CREATE TABLE calls (
    id             TEXT PRIMARY KEY,
    path           TEXT NOT NULL,
    direction      TEXT NOT NULL,
    from_number    TEXT NOT NULL,
    from_name      TEXT NOT NULL,
    from_extension TEXT NOT NULL,
    from_room      TEXT NOT NULL,
    from_stay      TEXT NOT NULL,
    dialled        TEXT NOT NULL,
    to_number      TEXT NOT NULL,
    to_name        TEXT NOT NULL,
    to_extension   TEXT NOT NULL,
    to_room        TEXT NOT NULL,
    to_stay        TEXT NOT NULL,
    trunk          TEXT NOT NULL,
    emergency      INTEGER NOT NULL,
    monitored      INTEGER NOT NULL,
    started        INTEGER NOT NULL,
    answered       INTEGER,
    ended          INTEGER,
    talk           INTEGER NOT NULL,
    outcome        TEXT NOT NULL,
    cause          INTEGER NOT NULL,
    hung_up_by     TEXT NOT NULL,
    reasons        TEXT NOT NULL
) STRICT;
-- The list is read newest first, and paged by (started, id). Talk time and parts of
-- numbers have no index: the planners rather walk calls_started and filter.
CREATE INDEX calls_started ON calls (started, id);
CREATE INDEX calls_open ON calls (started, id) WHERE ended IS NULL;
CREATE INDEX calls_monitored ON calls (started, id) WHERE monitored;
CREATE INDEX calls_emergency ON calls (started, id) WHERE emergency;
CREATE INDEX calls_from_extension ON calls (from_extension, started);
CREATE INDEX calls_to_extension ON calls (to_extension, started);
CREATE INDEX calls_from_room ON calls (from_room, started);
CREATE INDEX calls_to_room ON calls (to_room, started);
CREATE INDEX calls_trunk ON calls (trunk, started);

CREATE TABLE call_legs (
    call_id  TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    number   TEXT NOT NULL,
    role     TEXT NOT NULL,
    started  INTEGER,
    answered INTEGER,
    ended    INTEGER,
    cause    INTEGER NOT NULL,
    PRIMARY KEY (call_id, position)
) STRICT;

-- +goose Down
DROP TABLE call_legs;
DROP TABLE calls;
