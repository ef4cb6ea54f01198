-- Types that only MySQL has, which other databases have to stand in for.
CREATE TABLE fruit (
    id      BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    tiny    TINYINT UNSIGNED,
    small   SMALLINT UNSIGNED,
    medium  MEDIUMINT,
    medium_unsigned MEDIUMINT UNSIGNED,
    regular INT UNSIGNED,
    big     BIGINT UNSIGNED,
    ratio   FLOAT,
    amount  DECIMAL(28, 6),
    code    BINARY(4),
    kind    ENUM('pome', 'stone fruit', 'it''s a berry'),
    colours SET('red', 'green', 'dark blue', 'it''s', '篮球'),
    months  SET('jan', 'feb', 'mar') NOT NULL DEFAULT 'jan,mar'
);
