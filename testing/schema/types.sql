-- A column for each type that SQLite tells apart.
CREATE TABLE every_type (
    id      INTEGER PRIMARY KEY,
    tiny    TINYINT,
    small   SMALLINT,
    medium  MEDIUMINT,
    big     BIGINT,
    flag    BOOLEAN,
    ratio   DOUBLE,
    body    TEXT,
    data    BLOB,
    day     DATE,
    hour    TIME,
    moment  TIMESTAMP,
    instant TIMESTAMPTZ,
    amount  DECIMAL(28, 10),
    token   UUID,
    payload JSON
);

-- Values in forms that other programs write; the defaults put them there.
CREATE TABLE other_forms (
    id              INTEGER PRIMARY KEY,
    with_t          TIMESTAMP NOT NULL DEFAULT '2024-02-29T12:30:00',
    with_zulu       TIMESTAMP NOT NULL DEFAULT '2024-02-29T12:30:00.0Z',
    with_offset     TIMESTAMP NOT NULL DEFAULT '2024-02-29 14:30:00+02:00',
    without_seconds TIMESTAMP NOT NULL DEFAULT '2024-02-29 12:30',
    aware           TIMESTAMPTZ NOT NULL DEFAULT '2024-02-29 07:30:00-05:00',
    day_alone       TIMESTAMP NOT NULL DEFAULT '2024-02-29',
    hour            TIME NOT NULL DEFAULT '23:59',
    uuid_blob       UUID NOT NULL DEFAULT (X'00112233445566778899AABBCCDDEEFF'),
    uuid_plain      UUID NOT NULL DEFAULT '00112233445566778899aabbccddeeff',
    flag            BOOLEAN NOT NULL DEFAULT 2,
    whole_ratio     DOUBLE NOT NULL DEFAULT 3,
    fraction        DECIMAL(10, 2) NOT NULL DEFAULT 1.10
);

-- Values that are not what their column says; each default is one.
CREATE TABLE wrong_form (
    id      INTEGER PRIMARY KEY,
    small   SMALLINT DEFAULT 32768,
    tiny    TINYINT DEFAULT -129,
    day     DATE DEFAULT '2024-02-30',
    hour    TIME DEFAULT '24:00',
    moment  TIMESTAMP DEFAULT 'yesterday',
    token   UUID DEFAULT 'not a uuid',
    amount  DECIMAL(10, 2) DEFAULT 'much',
    payload JSON DEFAULT '{',
    number  INTEGER DEFAULT 'one',
    flag    BOOLEAN DEFAULT 'maybe',
    body    TEXT DEFAULT X'00'
);
