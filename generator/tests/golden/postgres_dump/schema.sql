--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.hobby (
    id integer NOT NULL,
    caption character varying(50) NOT NULL
);

ALTER TABLE public.hobby OWNER TO app;

CREATE SEQUENCE public.hobby_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.hobby_id_seq OWNED BY public.hobby.id;

ALTER TABLE ONLY public.hobby ALTER COLUMN id SET DEFAULT nextval('public.hobby_id_seq'::regclass);
COPY public.hobby (id, caption) FROM stdin;
1	chess; CREATE TABLE not_a_table (id integer);
\.
ALTER TABLE ONLY public.hobby ADD CONSTRAINT hobby_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX hobby_caption ON public.hobby USING btree (caption);
GRANT SELECT ON TABLE public.hobby TO reader;
