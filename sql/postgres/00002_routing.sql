-- +goose Up
CREATE TABLE trunks (
    name             TEXT COLLATE "C" PRIMARY KEY,
    endpoint         TEXT NOT NULL,
    carrier          TEXT NOT NULL,
    address          TEXT NOT NULL,
    register         BOOLEAN NOT NULL,
    username         TEXT NOT NULL,
    secret           TEXT NOT NULL,
    hosts            JSONB NOT NULL,
    call_limit       BIGINT NOT NULL,
    caller_id_mode   TEXT NOT NULL,
    caller_id_number TEXT NOT NULL,
    enabled          BOOLEAN NOT NULL,
    position         BIGINT NOT NULL
);

CREATE TABLE routes (
    id        TEXT COLLATE "C" PRIMARY KEY,
    prefix    TEXT NOT NULL,
    class     TEXT NOT NULL,
    trunks    JSONB NOT NULL,
    strip     BIGINT NOT NULL,
    add_front TEXT NOT NULL,
    from_time BIGINT NOT NULL,
    to_time   BIGINT NOT NULL,
    days      JSONB NOT NULL,
    cost      BIGINT NOT NULL,
    position  BIGINT NOT NULL
);

CREATE TABLE dids (
    number    TEXT COLLATE "C" PRIMARY KEY,
    trunk     TEXT NOT NULL,
    to_number TEXT NOT NULL,
    label     TEXT NOT NULL
);

CREATE TABLE screening (
    id        TEXT COLLATE "C" PRIMARY KEY,
    direction TEXT NOT NULL,
    pattern   TEXT NOT NULL,
    scope     TEXT NOT NULL,
    verdict   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    listed_by TEXT NOT NULL,
    created   BIGINT,
    expires   BIGINT
);

-- +goose Down
DROP TABLE screening;
DROP TABLE dids;
DROP TABLE routes;
DROP TABLE trunks;
