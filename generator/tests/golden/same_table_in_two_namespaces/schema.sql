CREATE TABLE app.users (id integer PRIMARY KEY);
CREATE TABLE audit.users (id integer PRIMARY KEY, user_id integer REFERENCES app.users (id));
