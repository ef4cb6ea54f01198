--
-- PostgreSQL database dump
--

\restrict Zx81k

-- Dumped from database version 15.20
-- Dumped by pg_dump version 15.20

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: archive; Type: SCHEMA; Schema: -; Owner: aludel
--

CREATE SCHEMA archive;


ALTER SCHEMA archive OWNER TO aludel;

--
-- Name: email; Type: DOMAIN; Schema: public; Owner: aludel
--

CREATE DOMAIN public.email AS character varying(120)
	CONSTRAINT email_check CHECK (((VALUE)::text ~~ '%@%'::text));


ALTER DOMAIN public.email OWNER TO aludel;

--
-- Name: rank; Type: TYPE; Schema: public; Owner: aludel
--

CREATE TYPE public.rank AS ENUM (
    '初級',
    'master',
    'grand master'
);


ALTER TYPE public.rank OWNER TO aludel;

--
-- Name: TYPE rank; Type: COMMENT; Schema: public; Owner: aludel
--

COMMENT ON TYPE public.rank IS 'How good somebody is';


--
-- Name: ticket_numbers; Type: SEQUENCE; Schema: public; Owner: aludel
--

CREATE SEQUENCE public.ticket_numbers
    AS integer
    START WITH 1000
    INCREMENT BY 5
    NO MINVALUE
    MAXVALUE 90000
    CACHE 10
    CYCLE;


ALTER TABLE public.ticket_numbers OWNER TO aludel;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: club; Type: TABLE; Schema: archive; Owner: aludel
--

CREATE TABLE archive.club (
    code character varying(8) NOT NULL,
    ticket integer DEFAULT nextval('public.ticket_numbers'::regclass) NOT NULL
);


ALTER TABLE archive.club OWNER TO aludel;

--
-- Name: club; Type: TABLE; Schema: public; Owner: aludel
--

CREATE TABLE public.club (
    code character varying(8) NOT NULL,
    name text DEFAULT '篮球'::text NOT NULL,
    founded date,
    tags text[] DEFAULT '{}'::text[] NOT NULL
);


ALTER TABLE public.club OWNER TO aludel;

--
-- Name: TABLE club; Type: COMMENT; Schema: public; Owner: aludel
--

COMMENT ON TABLE public.club IS 'A club; many of them';


--
-- Name: COLUMN club.name; Type: COMMENT; Schema: public; Owner: aludel
--

COMMENT ON COLUMN public.club.name IS '名前, as it''s written';


--
-- Name: everything; Type: TABLE; Schema: public; Owner: aludel
--

CREATE TABLE public.everything (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    i smallint,
    j integer,
    k bigint,
    r real,
    d double precision,
    n numeric(12,2),
    b boolean DEFAULT true,
    c character(3),
    v character varying(20),
    t text,
    day date,
    hour time without time zone,
    hour_z time with time zone,
    at timestamp without time zone,
    at_z timestamp with time zone,
    span interval,
    raw bytea,
    doc json,
    doc_b jsonb,
    numbers integer[],
    address inet,
    days daterange
);


ALTER TABLE public.everything OWNER TO aludel;

--
-- Name: log; Type: TABLE; Schema: public; Owner: aludel
--

CREATE TABLE public.log (
    at timestamp(3) without time zone,
    line text
);


ALTER TABLE public.log OWNER TO aludel;

--
-- Name: member; Type: TABLE; Schema: public; Owner: aludel
--

CREATE TABLE public.member (
    id bigint NOT NULL,
    club_code character varying(8) NOT NULL,
    sponsor_id bigint,
    first_name character varying(40) NOT NULL,
    last_name character varying(40) NOT NULL,
    email public.email,
    rank public.rank DEFAULT 'master'::public.rank NOT NULL,
    captain_of integer,
    joined timestamp with time zone DEFAULT now() NOT NULL,
    full_name text GENERATED ALWAYS AS ((((first_name)::text || ' '::text) || (last_name)::text)) STORED
);


ALTER TABLE public.member OWNER TO aludel;

--
-- Name: masters; Type: VIEW; Schema: public; Owner: aludel
--

CREATE VIEW public.masters AS
 SELECT member.id,
    member.full_name
   FROM public.member
  WHERE (member.rank <> '初級'::public.rank);


ALTER TABLE public.masters OWNER TO aludel;

--
-- Name: member_id_seq; Type: SEQUENCE; Schema: public; Owner: aludel
--

ALTER TABLE public.member ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: team; Type: TABLE; Schema: public; Owner: aludel
--

CREATE TABLE public.team (
    id integer NOT NULL,
    captain_id bigint NOT NULL,
    name text
);


ALTER TABLE public.team OWNER TO aludel;

--
-- Name: team_id_seq; Type: SEQUENCE; Schema: public; Owner: aludel
--

CREATE SEQUENCE public.team_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.team_id_seq OWNER TO aludel;

--
-- Name: team_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: aludel
--

ALTER SEQUENCE public.team_id_seq OWNED BY public.team.id;


--
-- Name: team_member; Type: TABLE; Schema: public; Owner: aludel
--

CREATE TABLE public.team_member (
    team_id integer NOT NULL,
    member_id bigint NOT NULL,
    since date
)
WITH (fillfactor='70');


ALTER TABLE public.team_member OWNER TO aludel;

--
-- Name: team id; Type: DEFAULT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team ALTER COLUMN id SET DEFAULT nextval('public.team_id_seq'::regclass);


--
-- Data for Name: club; Type: TABLE DATA; Schema: archive; Owner: aludel
--

COPY archive.club (code, ticket) FROM stdin;
\.


--
-- Data for Name: club; Type: TABLE DATA; Schema: public; Owner: aludel
--

COPY public.club (code, name, founded, tags) FROM stdin;
a	x; CREATE TABLE never (id int);	\N	{}
\.


--
-- Data for Name: everything; Type: TABLE DATA; Schema: public; Owner: aludel
--

COPY public.everything (id, i, j, k, r, d, n, b, c, v, t, day, hour, hour_z, at, at_z, span, raw, doc, doc_b, numbers, address, days) FROM stdin;
\.


--
-- Data for Name: log; Type: TABLE DATA; Schema: public; Owner: aludel
--

COPY public.log (at, line) FROM stdin;
\.


--
-- Data for Name: member; Type: TABLE DATA; Schema: public; Owner: aludel
--

COPY public.member (id, club_code, sponsor_id, first_name, last_name, email, rank, captain_of, joined) FROM stdin;
\.


--
-- Data for Name: team; Type: TABLE DATA; Schema: public; Owner: aludel
--

COPY public.team (id, captain_id, name) FROM stdin;
\.


--
-- Data for Name: team_member; Type: TABLE DATA; Schema: public; Owner: aludel
--

COPY public.team_member (team_id, member_id, since) FROM stdin;
\.


--
-- Name: member_id_seq; Type: SEQUENCE SET; Schema: public; Owner: aludel
--

SELECT pg_catalog.setval('public.member_id_seq', 1, false);


--
-- Name: team_id_seq; Type: SEQUENCE SET; Schema: public; Owner: aludel
--

SELECT pg_catalog.setval('public.team_id_seq', 1, false);


--
-- Name: ticket_numbers; Type: SEQUENCE SET; Schema: public; Owner: aludel
--

SELECT pg_catalog.setval('public.ticket_numbers', 1000, false);


--
-- Name: club club_pkey; Type: CONSTRAINT; Schema: archive; Owner: aludel
--

ALTER TABLE ONLY archive.club
    ADD CONSTRAINT club_pkey PRIMARY KEY (code);


--
-- Name: club club_pkey; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.club
    ADD CONSTRAINT club_pkey PRIMARY KEY (code);


--
-- Name: everything everything_pkey; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.everything
    ADD CONSTRAINT everything_pkey PRIMARY KEY (id);


--
-- Name: member member_name; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_name UNIQUE (club_code, first_name, last_name);


--
-- Name: member member_pkey; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);


--
-- Name: team_member team_member_pkey; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_pkey PRIMARY KEY (team_id, member_id);


--
-- Name: team team_name_key; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_name_key UNIQUE (name);


--
-- Name: team team_pkey; Type: CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_pkey PRIMARY KEY (id);


--
-- Name: member_by_name; Type: INDEX; Schema: public; Owner: aludel
--

CREATE INDEX member_by_name ON public.member USING btree (last_name, first_name DESC);


--
-- Name: member member_club_code_fkey; Type: FK CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_club_code_fkey FOREIGN KEY (club_code) REFERENCES public.club(code) ON UPDATE CASCADE ON DELETE RESTRICT;


--
-- Name: member member_sponsor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_sponsor_id_fkey FOREIGN KEY (sponsor_id) REFERENCES public.member(id) ON DELETE SET NULL;


--
-- Name: member member_team; Type: FK CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_team FOREIGN KEY (captain_of) REFERENCES public.team(id) ON DELETE SET NULL;


--
-- Name: team team_captain_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_captain_id_fkey FOREIGN KEY (captain_id) REFERENCES public.member(id);


--
-- Name: team_member team_member_member_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id) ON DELETE CASCADE;


--
-- Name: team_member team_member_team_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: aludel
--

ALTER TABLE ONLY public.team_member
    ADD CONSTRAINT team_member_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict Zx81k

