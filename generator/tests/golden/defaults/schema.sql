CREATE TABLE account (
  id serial PRIMARY KEY,
  name text NOT NULL,
  nothing text DEFAULT NULL,
  word text NOT NULL DEFAULT 'it''s',
  cast_word character varying NOT NULL DEFAULT 'new'::character varying,
  number integer NOT NULL DEFAULT -1,
  price numeric NOT NULL DEFAULT 0.00,
  flag boolean NOT NULL DEFAULT true,
  today date NOT NULL DEFAULT CURRENT_DATE,
  created_at timestamptz NOT NULL DEFAULT now(),
  token uuid NOT NULL DEFAULT gen_random_uuid(),
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  later integer NOT NULL DEFAULT (1 + 2) * 3
);
