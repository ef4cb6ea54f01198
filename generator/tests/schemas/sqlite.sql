-- People and what they like; every clause that SQLite's CREATE TABLE knows.
PRAGMA foreign_keys = ON;
.mode list
CREATE TABLE hobby (
    hobby_id INTEGER PRIMARY KEY AUTOINCREMENT,
    caption VARCHAR(80) NOT NULL COLLATE NOCASE UNIQUE ON CONFLICT IGNORE,
    "first, of all" TEXT DEFAULT 'it''s; fine', -- a comment; with a semicolon
    [odd name] NUMERIC(10, 2) DEFAULT -1.50,
    `quoted` BLOB,
    rank UNSIGNED BIG INT DEFAULT +5,
    since DATETIME DEFAULT CURRENT_TIMESTAMP,
    day DATE DEFAULT (date('now', 'localtime')),
    active BOOLEAN NOT NULL DEFAULT 1,
    ratio DOUBLE PRECISION CHECK (ratio >= 0 AND ratio IS NOT 7),
    upper_caption TEXT GENERATED ALWAYS AS (upper(caption)) STORED,
    half INT AS (rank / 2),
    anything
);

/* a table /* whose key is not its row's number */
CREATE TABLE IF NOT EXISTS main.Person (
    nid INT NOT NULL,
    "email" TEXT NOT NULL CONSTRAINT one_email UNIQUE,
    hobby_id INTEGER CONSTRAINT likes REFERENCES HOBBY ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    boss INTEGER REFERENCES person (NID),
    token UUID DEFAULT NULL,
    settings JSON DEFAULT '{}',
    size MEDIUMINT, tiny TINYINT(1), small SMALLINT, long BIGINT,
    note VARYING CHARACTER(255) DEFAULT "none",
    CONSTRAINT person_key PRIMARY KEY (nid),
    UNIQUE (email, Hobby_ID)
    CHECK (length(email) > 3),
    CONSTRAINT "self" FOREIGN KEY (boss) REFERENCES person (nid) MATCH FULL NOT DEFERRABLE
) WITHOUT ROWID;

CREATE TABLE both (a INTEGER, b INTEGER, PRIMARY KEY (a, b DESC));
CREATE TABLE numbered (id integer, PRIMARY KEY ("id" AUTOINCREMENT)) STRICT;
CREATE TABLE backwards (id INTEGER PRIMARY KEY DESC);
CREATE TEMP TABLE scratch (x INT);

CREATE UNIQUE INDEX IF NOT EXISTS person_by_hobby ON person (hobby_id DESC, lower(email), nid COLLATE BINARY) WHERE hobby_id IS NOT NULL;
CREATE INDEX main.hobby_by_caption ON hobby (caption);
CREATE VIEW fans (name, n) AS SELECT caption, count(*) FROM hobby JOIN person USING (hobby_id) GROUP BY 1;

CREATE TRIGGER touch AFTER UPDATE ON person BEGIN
    UPDATE person SET note = CASE WHEN 1 THEN 'a;b' ELSE 'c' END WHERE nid = new.nid;
    SELECT 1;
END;

ALTER TABLE person ADD COLUMN born DATE;
ALTER TABLE person RENAME COLUMN note TO remark;
ALTER TABLE both RENAME TO pair;
ALTER TABLE hobby DROP COLUMN "odd name";
INSERT INTO hobby VALUES (1, 'a'); INSERT INTO hobby VALUES (2, 'b');
DROP TABLE IF EXISTS gone;
