-- +goose Up
CREATE TABLE tokens (
    id      TEXT COLLATE "C" PRIMARY KEY,
    name    TEXT NOT NULL,
    hash    TEXT NOT NULL UNIQUE,
    scopes  JSONB NOT NULL,
    created BIGINT,
    expires BIGINT,
    revoked BIGINT
);

-- What a POST with an Idempotency-Key was answered; status 0: not answered yet.
CREATE TABLE idempotency_keys (
    scope       TEXT COLLATE "C" NOT NULL,
    key         TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT NOT NULL,
    created     BIGINT NOT NULL,
    status      BIGINT NOT NULL,
    header      JSONB NOT NULL,
    body        BYTEA,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created);

-- +goose Down
DROP TABLE idempotency_keys;
DROP TABLE tokens;
