-- Who can log in. This is no annotation: someone@example.org.
-- @model Account @derive [Hash, Eq]
-- @display "<{id}>"
CREATE TABLE users (
    id INTEGER PRIMARY KEY, -- @rust i64
    -- @field login
    -- @doc The name, with an @ in it.
    name TEXT NOT NULL,
    changed INTEGER NOT NULL, -- @version
    -- @enum false
    role TEXT NOT NULL CHECK (role IN ('a', 'b')),
    token TEXT NOT NULL, slug TEXT NOT NULL, -- @client_default "none"
    kind TEXT NOT NULL
        CHECK (kind IN ('x', 'y')), -- @enum kind
    manager_id INTEGER REFERENCES users -- @doc Who they report to.
); -- @relationships { manager: { backref: staff } }

ALTER TABLE users ADD COLUMN late TEXT; -- @field last

-- @key id
-- @columns { score: REAL }
CREATE VIEW scores AS SELECT id, my_function(name) AS score FROM users;
