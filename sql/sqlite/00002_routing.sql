-- +goose Up
CREATE TABLE trunks (
    name             TEXT PRIMARY KEY,
    endpoint         TEXT NOT NULL,
    carrier          TEXT NOT NULL,
    address          TEXT NOT NULL,
    register         INTEGER NOT NULL,
    username         TEXT NOT NULL,
    secret           TEXT NOT NULL,
    hosts            TEXT NOT NULL,
    call_limit       INTEGER NOT NULL,
    caller_id_mode   TEXT NOT NULL,
    caller_id_number TEXT NOT NULL,
    enabled          INTEGER NOT NULL,
    position         INTEGER NOT NULL
) STRICT;

CREATE TABLE routes (
    id        TEXT PRIMARY KEY,
    prefix    TEXT NOT NULL,
    class     TEXT NOT NULL,
    trunks    TEXT NOT NULL,
    strip     INTEGER NOT NULL,
    add_front TEXT NOT NULL,
    from_time INTEGER NOT NULL,
    to_time   INTEGER NOT NULL,
    days      TEXT NOT NULL,
    cost      INTEGER NOT NULL,
    position  INTEGER NOT NULL
) STRICT;

CREATE TABLE dids (
    number    TEXT PRIMARY KEY,
    trunk     TEXT NOT NULL,
    to_number TEXT NOT NULL,
    label     TEXT NOT NULL
) STRICT;

CREATE TABLE screening (
    id        TEXT PRIMARY KEY,
    direction TEXT NOT NULL,
    pattern   TEXT NOT NULL,
    scope     TEXT NOT NULL,
    verdict   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    listed_by TEXT NOT NULL,
    created   INTEGER,
    expires   INTEGER
) STRICT;

-- +goose Down
DROP TABLE screening;
DROP TABLE dids;
DROP TABLE routes;
DROP TABLE trunks;
