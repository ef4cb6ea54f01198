CREATE SCHEMA shop;
CREATE TYPE shop.mood AS ENUM ('sad', 'it''s ok', 'happy');

CREATE TABLE shop.customer (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "Name" character varying(40) NOT NULL,
    mood   shop.mood NOT NULL DEFAULT 'happy'::shop.mood,
    tags   text[] DEFAULT '{}'::text[],
    born   date,
    seen   timestamp with time zone NOT NULL DEFAULT now(),
    data   jsonb,
    price  numeric(10, 2) DEFAULT 1.50,
    double_price numeric GENERATED ALWAYS AS (price * 2) STORED
);

COMMENT ON TABLE shop.customer IS 'Who buys';
COMMENT ON COLUMN shop.customer."Name" IS '名';

CREATE TABLE orders (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id bigint NOT NULL
);

ALTER TABLE ONLY orders
    ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES shop.customer (id) ON DELETE CASCADE;
CREATE INDEX orders_by_hash ON orders USING hash (customer_id);
CREATE INDEX customer_name ON shop.customer (lower("Name"), born);
CREATE MATERIALIZED VIEW shop.moods AS SELECT mood FROM shop.customer;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1; $$;
