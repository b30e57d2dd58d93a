-- +goose Up
CREATE TABLE accounts (
    id               TEXT COLLATE "C" PRIMARY KEY,
    login            TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL,
    roles            JSONB NOT NULL,
    departments      JSONB NOT NULL,
    floors           JSONB NOT NULL,
    queues           JSONB NOT NULL,
    extension        TEXT NOT NULL,
    password_hash    TEXT NOT NULL,
    password_changed BIGINT,
    password_history JSONB NOT NULL,
    must_change      BOOLEAN NOT NULL,
    one_time_until   BIGINT,
    totp_secret      TEXT NOT NULL,
    totp_used        BIGINT NOT NULL,
    disabled         BOOLEAN NOT NULL,
    created          BIGINT
);

CREATE TABLE logins (
    id      TEXT COLLATE "C" PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    hash    TEXT NOT NULL UNIQUE,
    csrf    TEXT NOT NULL,
    began   BIGINT,
    seen    BIGINT,
    ends    BIGINT NOT NULL,
    origin  TEXT NOT NULL,
    agent   TEXT NOT NULL,
    revoked BIGINT
);
CREATE INDEX logins_account ON logins (account);
CREATE INDEX logins_ends ON logins (ends);

-- The audit chain. The facts are TEXT, not JSONB: the hash is over every byte.
CREATE TABLE audit (
    seq          BIGINT PRIMARY KEY,
    at           BIGINT NOT NULL,
    who          TEXT COLLATE "C" NOT NULL,
    origin       TEXT NOT NULL,
    what         TEXT COLLATE "C" NOT NULL,
    object       TEXT COLLATE "C" NOT NULL,
    facts_before TEXT NOT NULL,
    facts_after  TEXT NOT NULL,
    reason       TEXT NOT NULL,
    hash         TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_who ON audit (who, seq);
CREATE INDEX audit_what ON audit (what, seq);
CREATE INDEX audit_object ON audit (object, seq);

-- The newest row's number and hash, kept a second time so that a cut tail is found.
CREATE TABLE audit_head (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- +goose StatementBegin
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_remains BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head FOR EACH ROW
    WHEN (NEW.seq <> OLD.seq + 1) EXECUTE FUNCTION audit_refuse();

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit;
DROP FUNCTION audit_refuse;
DROP TABLE logins;
DROP TABLE accounts;
