CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('open', 'in progress', 'done')),
    size VARCHAR(5) CHECK ("size" = 'S' OR size = 'M' OR size IS NULL),
    -- These say more than a list does, or less.
    colour TEXT CHECK (colour IN ('red', 'blue') AND length(colour) < 5),
    sign TEXT CHECK (sign NOT IN ('+', '-')),
    letter TEXT COLLATE NOCASE CHECK (letter IN ('a', 'b')),
    level INTEGER CHECK (level IN (1, 2)),
    only TEXT CHECK (only = 'one'),
    twice TEXT CHECK (twice IN ('a', 'b')) CHECK (twice IN ('b', 'c')),
    other TEXT CHECK (other IN ('a', 'b') OR status = 'done'),
    -- These give no names.
    operator TEXT CHECK (operator IN ('<', '>')),
    kind TEXT CHECK (kind IN ('a', 'b')),
    plain TEXT CHECK (plain IN ('a', 'b'))
);
