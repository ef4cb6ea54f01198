-- A schema that has a history: what is there in the end is what counts.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE [person] (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  'name' VARYING CHARACTER(40) NOT NULL DEFAULT '',
  `nick` NATIVE CHARACTER(70) COLLATE NOCASE,
  [odd name] UNSIGNED BIG INT DEFAULT (1 + 1),
  untyped,
  dropped TEXT,
  old_name DOUBLE PRECISION,
  amount DECIMAL(10,5) CHECK (amount > 0) CONSTRAINT amount_small CHECK (amount < 1e6),
  twice INTEGER GENERATED ALWAYS AS (id * 2) VIRTUAL,
  thrice INTEGER AS (id * 3) STORED,
  made DATETIME DEFAULT CURRENT_TIMESTAMP,
  flag BOOLEAN DEFAULT FALSE,
  data BLOB DEFAULT x'00ff',
  hex INT DEFAULT 0x10,
  CONSTRAINT uk UNIQUE (name, nick) ON CONFLICT REPLACE
  CHECK (length(name) < 40)
);
ALTER TABLE person RENAME COLUMN old_name TO new_name;
ALTER TABLE person RENAME untyped TO still_untyped;
ALTER TABLE person DROP COLUMN dropped;
ALTER TABLE person ADD COLUMN boss INTEGER REFERENCES person (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE person ADD email TEXT DEFAULT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS by_email ON person (email COLLATE NOCASE DESC) WHERE email IS NOT NULL;
CREATE INDEX by_nick ON person (lower(nick), "odd name");
CREATE UNIQUE INDEX by_new_name ON person (new_name);
CREATE INDEX gone_index ON person (amount);
DROP INDEX gone_index;

CREATE TABLE key_of_text (code TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE key_of_int (id INT PRIMARY KEY, big BIGINT NOT NULL UNIQUE ON CONFLICT IGNORE);
CREATE TABLE key_desc (id INTEGER PRIMARY KEY DESC);
CREATE TABLE key_below (id INTEGER, note TEXT NULL, PRIMARY KEY (id AUTOINCREMENT));
CREATE TABLE two (a INTEGER, b TEXT, c, PRIMARY KEY (a, b), FOREIGN KEY (b) REFERENCES key_of_text ON UPDATE CASCADE MATCH FULL);
CREATE TABLE refers (
  x INTEGER, y TEXT,
  person_id INTEGER CONSTRAINT fk REFERENCES person ON DELETE CASCADE ON UPDATE SET DEFAULT,
  FOREIGN KEY (x, y) REFERENCES two (a, b) ON DELETE NO ACTION
);

-- Another table in its place, as SQLite has it.
CREATE TABLE remade (id INTEGER PRIMARY KEY, a TEXT);
CREATE TABLE refers_to_remade (id INTEGER PRIMARY KEY REFERENCES remade (id));
CREATE TABLE remade_new (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);
INSERT INTO remade_new SELECT id, a, NULL FROM remade;
DROP TABLE remade;
ALTER TABLE remade_new RENAME TO remade;

CREATE TABLE main.qualified (id INTEGER PRIMARY KEY);
CREATE INDEX main.by_id ON qualified (id);
CREATE TEMP TABLE passing (id INTEGER);
CREATE TABLE temp.passing_too (id INTEGER);
CREATE TABLE IF NOT EXISTS person (x TEXT);
CREATE TABLE gone (id INTEGER);
DROP TABLE IF EXISTS gone;
DROP TABLE IF EXISTS never_there;
CREATE VIEW IF NOT EXISTS names (n) AS SELECT name FROM person WHERE name IS NOT 'a;b';
CREATE VIEW gone_view AS SELECT 1;
DROP VIEW gone_view;
CREATE TRIGGER t AFTER INSERT ON person BEGIN
  UPDATE person SET nick = CASE WHEN new.nick IS NULL THEN 'CREATE TABLE never (id);' ELSE new.nick END WHERE id = new.id;
  SELECT 1;
END;
CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize="porter unicode61");
INSERT INTO person (name, amount) VALUES ('x''); CREATE TABLE never (id);', 1);
COMMIT;
