CREATE TABLE animal (id integer PRIMARY KEY);
CREATE TABLE bird (wings integer) INHERITS (animals);
