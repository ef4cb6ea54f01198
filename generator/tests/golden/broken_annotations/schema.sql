-- @modle Account
-- @author Somebody
CREATE TABLE users (
    id INTEGER PRIMARY KEY, -- @feild number
    name TEXT, -- @rust 1nonsense
    other TEXT, -- @enum nothing
    kind TEXT, -- @field a @field b
    more TEXT, -- @relationships [x
    last TEXT -- @primary_key
    -- @field of_nothing
);
-- @derive [1]
CREATE TABLE hobbies (id INTEGER PRIMARY KEY);

-- @key nmae
CREATE VIEW names AS SELECT name FROM users;
-- @columns { nam: TEXT }
CREATE VIEW other AS SELECT name FROM users;
