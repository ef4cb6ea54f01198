CREATE DOMAIN colour AS text CONSTRAINT colours CHECK (VALUE = ANY (ARRAY['red'::text, 'blue'::text]));
CREATE TABLE public.job (
    id integer NOT NULL,
    status character varying(10) DEFAULT 'open'::character varying NOT NULL,
    size character(1),
    padded character(3),
    colour colour,
    CONSTRAINT job_size_check CHECK ((size = ANY (ARRAY['S'::bpchar, 'M'::bpchar]))),
    CONSTRAINT job_padded_check CHECK ((padded = ANY (ARRAY['S'::bpchar, 'XXL'::bpchar])))
);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_status_check CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'done'::character varying])::text[])));
