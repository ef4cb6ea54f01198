-- What people like.
CREATE TABLE hobby (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    caption VARCHAR(50) NOT NULL UNIQUE DEFAULT 'it''s', -- shown in lists
    rank    INT DEFAULT +5,
    since   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    upper_caption TEXT GENERATED ALWAYS AS (upper(caption)) STORED,
    anything
);

CREATE TABLE person (
    tenant   INTEGER NOT NULL,
    nid      INTEGER NOT NULL,
    email    TEXT DEFAULT NULL,
    active   BOOLEAN NOT NULL DEFAULT 1,
    hobby_id INTEGER CONSTRAINT likes REFERENCES hobby (id) ON DELETE SET NULL,
    boss     INTEGER,
    PRIMARY KEY (tenant, nid),
    CONSTRAINT one_email UNIQUE (tenant, email),
    FOREIGN KEY (tenant, boss) REFERENCES person (tenant, nid)
) WITHOUT ROWID;

CREATE UNIQUE INDEX person_email ON person (lower(email), tenant DESC) WHERE email IS NOT NULL;
CREATE INDEX person_hobby ON person (hobby_id);
CREATE VIEW fans AS SELECT caption FROM hobby;
CREATE TRIGGER touch AFTER UPDATE ON person BEGIN SELECT 1; END;
