CREATE TABLE person (id integer PRIMARY KEY);

CREATE FUNCTION greet() RETURNS text LANGUAGE plpgsql AS $body$
BEGIN
    RETURN 'hello';
END;
$bdy$;

CREATE TABLE pet (id integer PRIMARY KEY);
