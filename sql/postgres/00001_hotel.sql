-- Instants are microseconds since 1970 UTC, durations are microseconds; a null
-- instant has not come (yet). Lists are JSON. Empty text means "none".
-- +goose Up
CREATE TABLE property (
    id           BIGINT PRIMARY KEY CHECK (id = 1),
    name         TEXT NOT NULL,
    time_zone    TEXT NOT NULL,
    country      TEXT NOT NULL,
    area_code    TEXT NOT NULL,
    main_number  TEXT NOT NULL,
    languages    JSONB NOT NULL,
    access_digit TEXT NOT NULL,
    operator     TEXT NOT NULL,
    room_to_room TEXT NOT NULL,
    vacant_class TEXT NOT NULL,
    guest_class  TEXT NOT NULL,
    ring_time    BIGINT NOT NULL,
    overlap_wait BIGINT NOT NULL
);

CREATE TABLE floors (
    name     TEXT COLLATE "C" PRIMARY KEY,
    position BIGINT NOT NULL
);

CREATE TABLE rooms (
    number TEXT COLLATE "C" PRIMARY KEY,
    floor  TEXT NOT NULL,
    type   TEXT NOT NULL
);

CREATE TABLE extensions (
    number         TEXT COLLATE "C" PRIMARY KEY,
    kind           TEXT NOT NULL,
    name           TEXT NOT NULL,
    room           TEXT NOT NULL,
    department     TEXT NOT NULL,
    class          TEXT NOT NULL,
    language       TEXT NOT NULL,
    do_not_disturb BOOLEAN NOT NULL,
    forward_to     TEXT NOT NULL,
    forward_when   TEXT NOT NULL,
    monitored      BOOLEAN NOT NULL
);

-- Checked at commit: one change may drop an extension and its devices in any order.
CREATE TABLE devices (
    id        TEXT COLLATE "C" PRIMARY KEY,
    extension TEXT COLLATE "C" NOT NULL REFERENCES extensions (number) DEFERRABLE INITIALLY DEFERRED,
    label     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    endpoint  TEXT COLLATE "C" NOT NULL UNIQUE,
    ha1       TEXT NOT NULL
);
CREATE INDEX devices_extension ON devices (extension);

CREATE TABLE extension_groups (
    name    TEXT COLLATE "C" PRIMARY KEY,
    number  TEXT NOT NULL,
    members JSONB NOT NULL,
    pickup  BOOLEAN NOT NULL
);

CREATE TABLE classes_of_service (
    name  TEXT COLLATE "C" PRIMARY KEY,
    allow JSONB NOT NULL
);

CREATE TABLE stays (
    id          TEXT COLLATE "C" PRIMARY KEY,
    room        TEXT NOT NULL,
    guests      JSONB NOT NULL,
    class       TEXT NOT NULL,
    checked_in  BIGINT,
    checked_out BIGINT
);
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
