-- What SQLite takes, and hardly anybody writes.
CREATE TABLE [odd [name] (
  [id] INTEGER PRIMARY KEY /* c */ -- x
  , "a""b" TEXT, `c``d` INT, [e f], 'g' , h
  , j VARCHAR ( 20 ) COLLATE "nocase" , k DECIMAL(+10,-5) DEFAULT -1.5e-3
  , l DEFAULT (datetime('now', 'localtime')), m DEFAULT +5, o DEFAULT "dq", p DEFAULT ident, q DEFAULT x'AB', r DEFAULT CURRENT_DATE NOT NULL
  , s TEXT GENERATED ALWAYS AS (upper(h)||';') , t AS (h) STORED UNIQUE, u INT NOT NULL ON CONFLICT FAIL DEFAULT 0 CHECK (u >= 0) REFERENCES "odd [name" ON DELETE CASCADE
  , y CONSTRAINT n1 NOT NULL CONSTRAINT n2 UNIQUE ON CONFLICT ROLLBACK CONSTRAINT n3 DEFAULT 5 CONSTRAINT n4 COLLATE BINARY
  , aa BOOL DEFAULT true, ab TEXT DEFAULT null, ac REAL DEFAULT (1/3.0), ad DATETIME(6)
);
CREATE TABLE other (a, b, c TEXT COLLATE nocase, PRIMARY KEY (b DESC, a COLLATE nocase ASC) ON CONFLICT IGNORE, UNIQUE (c COLLATE binary, a) CONSTRAINT ck CHECK (a <> b) FOREIGN KEY (a,b) REFERENCES other CONSTRAINT x UNIQUE (a));
CREATE TABLE counted (id INTEGER, PRIMARY KEY (id ASC AUTOINCREMENT));
CREATE TABLE quoted_type (id "INTEGER" PRIMARY KEY);
CREATE TABLE bracket_type (id [integer] PRIMARY KEY);
CREATE TABLE longer_type (id Integer(8) PRIMARY KEY);
CREATE TABLE row_numbers (rowid TEXT, oid INT, _rowid_ INT);
CREATE TABLE keywords (abort, action, after, "all", asc, begin, by, cascade, cast, column, conflict, desc, each, end, "first", for, full, generated, glob, if, key, like, match, no, nulls, of, over, partition, plan, pragma, query, range, rename, replace, row, rows, temp, trigger, view, virtual, window, with, without);
CREATE UNIQUE INDEX "ix odd; name" ON [odd [name] ("a""b" COLLATE nocase DESC, length(h), 'g') WHERE h IS NOT NULL AND m <> ';';
CREATE VIEW numbers AS WITH x(y) AS (SELECT 1 UNION ALL SELECT y + 1 FROM x WHERE y < 5) SELECT y, CASE WHEN y = 1 THEN 'a;b' ELSE 'c' END AS z FROM x -- end
;
CREATE TRIGGER tr INSTEAD OF INSERT ON numbers FOR EACH ROW WHEN new.y = CASE WHEN 1 THEN 1 ELSE 2 END BEGIN
  -- comment; with ' quote
  INSERT INTO other (a) VALUES (CASE new.y WHEN 1 THEN 'x;' ELSE "end" END); /* ; */
  SELECT RAISE(ABORT, 'no; way') WHERE new.y IN (SELECT CASE WHEN 1 THEN 2 END);
END;
CREATE TRIGGER [tr end] AFTER UPDATE OF a, b ON other BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE IF NOT EXISTS 'words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE IF NOT EXISTS 'words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'words_content'(id INTEGER PRIMARY KEY, c0, c1);
CREATE VIRTUAL TABLE area USING rtree(id, minX, maxX, +extra TEXT);
CREATE TABLE IF NOT EXISTS "area_rowid"(rowid INTEGER PRIMARY KEY,nodeno,a0);
CREATE TABLE IF NOT EXISTS "area_node"(nodeno INTEGER PRIMARY KEY,data);
CREATE TABLE words_of_mine (id INTEGER PRIMARY KEY);
-- Any words are a type.
CREATE TABLE any_type (
  a STRING NOT NULL, b "my type (5)", c UNSIGNED BIG INT, d VARYING CHARACTER(255), e NATIVE CHARACTER(70), f LONGVARCHAR, g DATETIME2,
  h MONEY DEFAULT 0, i [no such type] NOT NULL, j FROBNICATE(3), k POINT, l INTERVAL, m `odd text`, n MY BLOB, o FLOATING POINT, p YEAR(4), q
);
