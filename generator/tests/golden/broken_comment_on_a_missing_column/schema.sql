CREATE TABLE public.person (id integer PRIMARY KEY, email text);
COMMENT ON COLUMN public.person.mail IS 'Where to write to';
