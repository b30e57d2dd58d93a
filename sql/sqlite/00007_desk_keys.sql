-- +goose Up
-- The one-touch keys of each operator.
CREATE TABLE desk_keys (
    account TEXT PRIMARY KEY,
    keys    TEXT NOT NULL
) STRICT;

-- +goose Down
DROP TABLE desk_keys;
