CREATE SCHEMA app;
CREATE TABLE app.users (id integer PRIMARY KEY, "Name" text NOT NULL);
CREATE TABLE public.visits (id integer PRIMARY KEY, user_id integer NOT NULL REFERENCES app.users (id));
CREATE TYPE app.kind AS ENUM ('a', 'b');
CREATE TABLE app.things (id integer PRIMARY KEY, kind app.kind NOT NULL);
