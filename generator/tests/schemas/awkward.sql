-- Names and shapes that are hard on a generator.
CREATE TABLE one (a TEXT);

CREATE TABLE two (a TEXT NOT NULL, b BLOB);

CREATE TABLE options (id INTEGER PRIMARY KEY, value TEXT, "insert" TEXT NOT NULL, "table" INTEGER, "entity" INTEGER);

CREATE TABLE strings (id INTEGER PRIMARY KEY, value TEXT, data BLOB NOT NULL);

CREATE TABLE "type" ("type" INTEGER PRIMARY KEY, "fn" TEXT NOT NULL, "self" TEXT NOT NULL, "async" TEXT);

CREATE TABLE "Self" (id INTEGER PRIMARY KEY);

CREATE TABLE "lib" (id INTEGER PRIMARY KEY);

CREATE TABLE "mod" (id INTEGER PRIMARY KEY);

CREATE TABLE "quote "" and ` tick" (id INTEGER PRIMARY KEY, "a ""b"" `c`" TEXT NOT NULL, "new
line" TEXT);

CREATE TABLE "größe" ("länge" INTEGER NOT NULL, "体重" REAL, "2nd" TEXT NOT NULL, "%" TEXT);

CREATE TABLE a_table_whose_name_is_so_long_that_nothing_fits_on_a_line_of_its_own (
    a_column_whose_name_is_so_long_that_nothing_fits_on_a_line_of_its_own_any_more INTEGER PRIMARY KEY,
    a_parent_of_the_row_in_this_table_whose_name_is_long_too_id INTEGER
        REFERENCES a_table_whose_name_is_so_long_that_nothing_fits_on_a_line_of_its_own,
    a_required_column_with_a_name_of_more_than_sixty_characters_in_all TEXT NOT NULL,
    another_required_column_with_a_name_of_fifty_characters TIMESTAMP NOT NULL
);

CREATE TABLE everything (
    a BOOLEAN NOT NULL, b TINYINT, c SMALLINT NOT NULL, d MEDIUMINT, e INTEGER NOT NULL, f BIGINT,
    g REAL NOT NULL, h DOUBLE PRECISION, i DECIMAL(20, 4) NOT NULL, j VARCHAR(20), k CHAR(3) NOT NULL, l TEXT,
    m BLOB NOT NULL, n DATE, o TIME NOT NULL, p DATETIME, q UUID NOT NULL, r JSON,
    PRIMARY KEY (e, q)
);

CREATE TABLE node (
    id        INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES node (id),
    other     INTEGER NOT NULL UNIQUE REFERENCES node
);

CREATE TABLE detail (
    e     INTEGER NOT NULL,
    q     UUID NOT NULL,
    total INTEGER NOT NULL GENERATED ALWAYS AS (e * 2) STORED,
    CONSTRAINT detail_whole_fkey FOREIGN KEY (e, q) REFERENCES everything (e, q),
    PRIMARY KEY (e, q)
);

CREATE TABLE no_key (x INTEGER, y INTEGER);
