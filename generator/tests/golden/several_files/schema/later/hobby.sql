-- It is referred to before it is declared.
CREATE TABLE hobby (id INTEGER PRIMARY KEY);
