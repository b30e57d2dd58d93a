-- +goose Up
CREATE TABLE accounts (
    id               TEXT PRIMARY KEY,
    login            TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL,
    roles            TEXT NOT NULL,
    departments      TEXT NOT NULL,
    floors           TEXT NOT NULL,
    queues           TEXT NOT NULL,
    extension        TEXT NOT NULL,
    password_hash    TEXT NOT NULL,
    password_changed INTEGER,
    password_history TEXT NOT NULL,
    must_change      INTEGER NOT NULL,
    one_time_until   INTEGER,
    totp_secret      TEXT NOT NULL,
    totp_used        INTEGER NOT NULL,
    disabled         INTEGER NOT NULL,
    created          INTEGER
) STRICT;

CREATE TABLE logins (
    id      TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    hash    TEXT NOT NULL UNIQUE,
    csrf    TEXT NOT NULL,
    began   INTEGER,
    seen    INTEGER,
    ends    INTEGER NOT NULL,
    origin  TEXT NOT NULL,
    agent   TEXT NOT NULL,
    revoked INTEGER
) STRICT;
CREATE INDEX logins_account ON logins (account);
CREATE INDEX logins_ends ON logins (ends);

-- The audit chain. The facts are TEXT, not JSON: the hash is over every byte.
CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    who          TEXT NOT NULL,
    origin       TEXT NOT NULL,
    what         TEXT NOT NULL,
    object       TEXT NOT NULL,
    facts_before TEXT NOT NULL,
    facts_after  TEXT NOT NULL,
    reason       TEXT NOT NULL,
    hash         TEXT NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_who ON audit (who, seq);
CREATE INDEX audit_what ON audit (what, seq);
CREATE INDEX audit_object ON audit (object, seq);

-- The newest row's number and hash, kept a second time so that a cut tail is found.
CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- INSERT OR REPLACE deletes without the trigger above.
-- +goose StatementBegin
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head WHEN NEW.seq <> OLD.seq + 1 BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit;
DROP TABLE logins;
DROP TABLE accounts;
