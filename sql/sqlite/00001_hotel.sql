-- Instants are microseconds since 1970 UTC, durations are microseconds; a null
-- instant has not come (yet). Lists are JSON. Empty text means "none".
-- +goose Up
CREATE TABLE property (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    name         TEXT NOT NULL,
    time_zone    TEXT NOT NULL,
    country      TEXT NOT NULL,
    area_code    TEXT NOT NULL,
    main_number  TEXT NOT NULL,
    languages    TEXT NOT NULL,
    access_digit TEXT NOT NULL,
    operator     TEXT NOT NULL,
    room_to_room TEXT NOT NULL,
    vacant_class TEXT NOT NULL,
    guest_class  TEXT NOT NULL,
    ring_time    INTEGER NOT NULL,
    overlap_wait INTEGER NOT NULL
) STRICT;

CREATE TABLE floors (
    name     TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE rooms (
    number TEXT PRIMARY KEY,
    floor  TEXT NOT NULL,
    type   TEXT NOT NULL
) STRICT;

CREATE TABLE extensions (
    number         TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    name           TEXT NOT NULL,
    room           TEXT NOT NULL,
    department     TEXT NOT NULL,
    class          TEXT NOT NULL,
    language       TEXT NOT NULL,
    do_not_disturb INTEGER NOT NULL,
    forward_to     TEXT NOT NULL,
    forward_when   TEXT NOT NULL,
    monitored      INTEGER NOT NULL
) STRICT;

-- Checked at commit: one change may drop an extension and its devices in any order.
CREATE TABLE devices (
    id        TEXT PRIMARY KEY,
    extension TEXT NOT NULL REFERENCES extensions (number) DEFERRABLE INITIALLY DEFERRED,
    label     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    endpoint  TEXT NOT NULL UNIQUE,
    ha1       TEXT NOT NULL
) STRICT;
CREATE INDEX devices_extension ON devices (extension);

CREATE TABLE extension_groups (
    name    TEXT PRIMARY KEY,
    number  TEXT NOT NULL,
    members TEXT NOT NULL,
    pickup  INTEGER NOT NULL
) STRICT;

CREATE TABLE classes_of_service (
    name  TEXT PRIMARY KEY,
    allow TEXT NOT NULL
) STRICT;

CREATE TABLE stays (
    id          TEXT PRIMARY KEY,
    room        TEXT NOT NULL,
    guests      TEXT NOT NULL,
    class       TEXT NOT NULL,
    checked_in  INTEGER,
    checked_out INTEGER
) STRICT;
CREATE INDEX stays_open ON stays (room) WHERE checked_out IS NULL;

-- +goose Down
DROP TABLE stays;
DROP TABLE classes_of_service;
DROP TABLE extension_groups;
DROP TABLE devices;
DROP TABLE extensions;
DROP TABLE rooms;
DROP TABLE floors;
DROP TABLE property;
