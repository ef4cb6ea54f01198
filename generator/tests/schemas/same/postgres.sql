CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped');
COMMENT ON TYPE order_status IS 'How far it is.';
CREATE TYPE app.colour AS ENUM ('red', 'it''s blue');
CREATE SEQUENCE ticket AS integer START WITH 10 INCREMENT BY 2 MINVALUE 1 MAXVALUE 1000 CACHE 5 CYCLE;
CREATE SEQUENCE app.bare;

CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10) PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    name text COLLATE "de_DE" NOT NULL DEFAULT '篮球',
    role text NOT NULL DEFAULT 'USR' CHECK ("role" IN ('ADM', 'USR')),
    level smallint NOT NULL DEFAULT 1 CHECK ("level" IN (0, 1)),
    colour app.colour,
    prefs jsonb NOT NULL DEFAULT '{}'::jsonb,
    tags text[] NOT NULL DEFAULT '{}'::text[],
    token uuid NOT NULL DEFAULT gen_random_uuid(),
    ticket integer NOT NULL DEFAULT nextval('ticket'),
    manager_id bigint REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
    active boolean NOT NULL DEFAULT true,
    score double precision NOT NULL DEFAULT -1.5,
    nothing text DEFAULT NULL,
    born date, wakes time(3), age interval, photo bytea, initial char(1),
    created_at timestamptz NOT NULL DEFAULT now(),
    name_len int NOT NULL GENERATED ALWAYS AS (char_length(name)) STORED,
    CONSTRAINT name_nonempty CHECK (name <> '')
);
CREATE INDEX ON users (ticket);
CREATE INDEX users_active ON users (active);
CREATE INDEX ON users (role, created_at DESC NULLS LAST);
CREATE UNIQUE INDEX users_email_ci ON users USING btree (lower(email)) INCLUDE (name) WHERE active;
CREATE INDEX users_tags ON users USING gin (tags);
COMMENT ON TABLE users IS 'An account.';
COMMENT ON COLUMN users.email IS '邮箱; how to reach it';
COMMENT ON INDEX users_tags IS 'by tag';

CREATE TABLE app.orders (
    tenant_id int NOT NULL,
    no serial NOT NULL,
    buyer_id bigint NOT NULL REFERENCES users (id),
    status order_status NOT NULL DEFAULT 'pending',
    total numeric(12,2) NOT NULL,
    "Mixed Case" text,
    CONSTRAINT orders_key PRIMARY KEY (tenant_id, no),
    CONSTRAINT orders_total UNIQUE NULLS NOT DISTINCT (tenant_id, total) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (buyer_id, no)
) WITH (fillfactor=70) TABLESPACE fast;

CREATE TABLE line (
    id bigserial PRIMARY KEY,
    tenant_id int NOT NULL,
    order_no integer NOT NULL,
    text text CHECK (text <> ''),
    CONSTRAINT line_order FOREIGN KEY (tenant_id, order_no) REFERENCES app.orders (tenant_id, no) MATCH FULL ON DELETE CASCADE DEFERRABLE
);
CREATE VIEW active_users (id, n) AS SELECT id, ticket FROM users WHERE active;
COMMENT ON VIEW active_users IS 'Who is active.';
CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM users;
