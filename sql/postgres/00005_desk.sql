-- +goose Up
CREATE TABLE queues (
    name        TEXT COLLATE "C" PRIMARY KEY,
    title       TEXT NOT NULL,
    number      TEXT NOT NULL,
    strategy    TEXT NOT NULL,
    members     JSONB NOT NULL,
    ladder      JSONB NOT NULL,
    ring_time   BIGINT NOT NULL,
    wrap_up     BIGINT NOT NULL,
    miss_limit  BIGINT NOT NULL,
    vip_bonus   BIGINT NOT NULL,
    max_waiting BIGINT NOT NULL,
    overflow    JSONB NOT NULL,
    announce    JSONB NOT NULL,
    resume      BIGINT NOT NULL,
    target      JSONB NOT NULL,
    early_media BOOLEAN NOT NULL
);

CREATE TABLE agent_profiles (
    account TEXT COLLATE "C" PRIMARY KEY,
    name    TEXT NOT NULL,
    skills  JSONB NOT NULL,
    vip     BOOLEAN NOT NULL,
    weight  BIGINT NOT NULL
);

-- The agents that are signed on.
CREATE TABLE seats (
    account     TEXT COLLATE "C" PRIMARY KEY,
    name        TEXT NOT NULL,
    skills      JSONB NOT NULL,
    vip         BOOLEAN NOT NULL,
    weight      BIGINT NOT NULL,
    extension   TEXT NOT NULL,
    state       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    forced_by   TEXT NOT NULL,
    then_state  TEXT NOT NULL,
    then_reason TEXT NOT NULL,
    then_by     TEXT NOT NULL,
    away        BOOLEAN NOT NULL,
    since       BIGINT,
    signed_on   BIGINT,
    idle_since  BIGINT,
    calls       BIGINT NOT NULL,
    talk        BIGINT NOT NULL,
    missed      BIGINT NOT NULL,
    call_id     TEXT NOT NULL
);

-- One stay of one call in one queue; every figure is computed from these rows.
CREATE TABLE visits (
    id          TEXT COLLATE "C" PRIMARY KEY,
    call_id     TEXT NOT NULL,
    queue       TEXT NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    room        TEXT NOT NULL,
    vip         BIGINT NOT NULL,
    entered     BIGINT NOT NULL,
    left_at     BIGINT,
    how         TEXT NOT NULL,
    account     TEXT NOT NULL,
    offers      BIGINT NOT NULL,
    talk        BIGINT NOT NULL,
    hold        BIGINT NOT NULL,
    wrap_up     BIGINT NOT NULL,
    transferred BOOLEAN NOT NULL,
    outcome     TEXT NOT NULL,
    note        TEXT NOT NULL,
    changed_by  TEXT NOT NULL
);
CREATE INDEX visits_entered ON visits (entered, id);
CREATE INDEX visits_open ON visits (entered, id) WHERE left_at IS NULL;
CREATE INDEX visits_how ON visits (how, entered, id);
CREATE INDEX visits_account ON visits (account, entered, id);
CREATE INDEX visits_number ON visits (number, entered, id);

-- What each agent was doing, from when to when.
CREATE TABLE agent_spans (
    id        TEXT COLLATE "C" PRIMARY KEY,
    account   TEXT NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    begins    BIGINT NOT NULL,
    ends      BIGINT,
    forced_by TEXT NOT NULL
);
CREATE INDEX agent_spans_begins ON agent_spans (begins, id);
CREATE INDEX agent_spans_account ON agent_spans (account, begins, id);

-- Callers who hung up and keep their place: they are called back.
CREATE TABLE callbacks (
    visit    TEXT COLLATE "C" PRIMARY KEY,
    queue    TEXT NOT NULL,
    number   TEXT NOT NULL,
    name     TEXT NOT NULL,
    room     TEXT NOT NULL,
    stay     TEXT NOT NULL,
    language TEXT NOT NULL,
    vip      BIGINT NOT NULL,
    entered  BIGINT NOT NULL,
    tries    BIGINT NOT NULL,
    next_try BIGINT
);

-- When the desk was last alive: open spans of a killed controller end there.
CREATE TABLE desk_pulse (
    one TEXT COLLATE "C" PRIMARY KEY,
    at  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE desk_pulse;
DROP TABLE callbacks;
DROP TABLE agent_spans;
DROP TABLE visits;
DROP TABLE seats;
DROP TABLE agent_profiles;
DROP TABLE queues;
