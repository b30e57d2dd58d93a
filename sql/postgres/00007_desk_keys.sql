-- +goose Up
-- The one-touch keys of each operator.
CREATE TABLE desk_keys (
    account TEXT COLLATE "C" PRIMARY KEY,
    keys    JSONB NOT NULL
);

-- +goose Down
DROP TABLE desk_keys;
