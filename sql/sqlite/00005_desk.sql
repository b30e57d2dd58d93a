-- +goose Up
CREATE TABLE queues (
    name        TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    number      TEXT NOT NULL,
    strategy    TEXT NOT NULL,
    members     TEXT NOT NULL,
    ladder      TEXT NOT NULL,
    ring_time   INTEGER NOT NULL,
    wrap_up     INTEGER NOT NULL,
    miss_limit  INTEGER NOT NULL,
    vip_bonus   INTEGER NOT NULL,
    max_waiting INTEGER NOT NULL,
    overflow    TEXT NOT NULL,
    announce    TEXT NOT NULL,
    resume      INTEGER NOT NULL,
    target      TEXT NOT NULL,
    early_media INTEGER NOT NULL
) STRICT;

CREATE TABLE agent_profiles (
    account TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    skills  TEXT NOT NULL,
    vip     INTEGER NOT NULL,
    weight  INTEGER NOT NULL
) STRICT;

-- The agents that are signed on.
CREATE TABLE seats (
    account     TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    skills      TEXT NOT NULL,
    vip         INTEGER NOT NULL,
    weight      INTEGER NOT NULL,
    extension   TEXT NOT NULL,
    state       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    forced_by   TEXT NOT NULL,
    then_state  TEXT NOT NULL,
    then_reason TEXT NOT NULL,
    then_by     TEXT NOT NULL,
    away        INTEGER NOT NULL,
    since       INTEGER,
    signed_on   INTEGER,
    idle_since  INTEGER,
    calls       INTEGER NOT NULL,
    talk        INTEGER NOT NULL,
    missed      INTEGER NOT NULL,
    call_id     TEXT NOT NULL
) STRICT;

-- One stay of one call in one queue; every figure is computed from these rows.
CREATE TABLE visits (
    id          TEXT PRIMARY KEY,
    call_id     TEXT NOT NULL,
    queue       TEXT NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    room        TEXT NOT NULL,
    vip         INTEGER NOT NULL,
    entered     INTEGER NOT NULL,
    left_at     INTEGER,
    how         TEXT NOT NULL,
    account     TEXT NOT NULL,
    offers      INTEGER NOT NULL,
    talk        INTEGER NOT NULL,
    hold        INTEGER NOT NULL,
    wrap_up     INTEGER NOT NULL,
    transferred INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    note        TEXT NOT NULL,
    changed_by  TEXT NOT NULL
) STRICT;
CREATE INDEX visits_entered ON visits (entered, id);
CREATE INDEX visits_open ON visits (entered, id) WHERE left_at IS NULL;
CREATE INDEX visits_how ON visits (how, entered, id);
CREATE INDEX visits_account ON visits (account, entered, id);
CREATE INDEX visits_number ON visits (number, entered, id);

-- What each agent was doing, from when to when.
CREATE TABLE agent_spans (
    id        TEXT PRIMARY KEY,
    account   TEXT NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    begins    INTEGER NOT NULL,
    ends      INTEGER,
    forced_by TEXT NOT NULL
) STRICT;
CREATE INDEX agent_spans_begins ON agent_spans (begins, id);
CREATE INDEX agent_spans_account ON agent_spans (account, begins, id);

-- Callers who hung up and keep their place: they are called back.
CREATE TABLE callbacks (
    visit    TEXT PRIMARY KEY,
    queue    TEXT NOT NULL,
    number   TEXT NOT NULL,
    name     TEXT NOT NULL,
    room     TEXT NOT NULL,
    stay     TEXT NOT NULL,
    language TEXT NOT NULL,
    vip      INTEGER NOT NULL,
    entered  INTEGER NOT NULL,
    tries    INTEGER NOT NULL,
    next_try INTEGER
) STRICT;

-- When the desk was last alive: open spans of a killed controller end there.
CREATE TABLE desk_pulse (
    one TEXT PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE desk_pulse;
DROP TABLE callbacks;
DROP TABLE agent_spans;
DROP TABLE visits;
DROP TABLE seats;
DROP TABLE agent_profiles;
DROP TABLE queues;
