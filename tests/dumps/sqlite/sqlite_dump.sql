PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE club (code TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL DEFAULT '篮球', founded DATE) WITHOUT ROWID;
INSERT INTO "club" VALUES('a','x''; CREATE TABLE never (id int);',NULL);
CREATE TABLE everything (
  id UUID PRIMARY KEY, i SMALLINT, j INTEGER, k BIGINT, r REAL, d DOUBLE, n NUMERIC(12,2), b BOOLEAN DEFAULT TRUE, c CHAR(3), v VARCHAR(20), t TEXT,
  day DATE, hour TIME, at DATETIME, raw BLOB, doc JSON);
CREATE TABLE log (at TIMESTAMP, line TEXT);
CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  club_code TEXT NOT NULL REFERENCES club ON UPDATE CASCADE ON DELETE RESTRICT, -- where they play
  sponsor_id INTEGER REFERENCES member (id) ON DELETE SET NULL,
  first_name VARCHAR(40) NOT NULL, last_name VARCHAR(40) NOT NULL,
  rank TEXT DEFAULT 'master' NOT NULL, captain_of INTEGER REFERENCES team (id) ON DELETE SET NULL,
  joined TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
  full_name TEXT GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
  CONSTRAINT member_name UNIQUE (club_code, first_name, last_name)
);
CREATE TABLE team (id INTEGER PRIMARY KEY, captain_id INTEGER NOT NULL REFERENCES member, name TEXT UNIQUE);
CREATE TABLE team_member (team_id INTEGER REFERENCES team ON DELETE CASCADE, member_id INTEGER REFERENCES member ON DELETE CASCADE, since DATE, PRIMARY KEY (team_id, member_id));
CREATE TABLE typed (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
CREATE INDEX member_by_name ON member (last_name, first_name DESC);
CREATE VIEW masters AS SELECT id, full_name FROM member WHERE rank <> '初級';
CREATE TRIGGER named AFTER INSERT ON club BEGIN UPDATE club SET name = CASE WHEN new.name = '' THEN 'CREATE TABLE never (id);' ELSE name END; SELECT 1; END;
DELETE FROM "sqlite_sequence";
COMMIT;
