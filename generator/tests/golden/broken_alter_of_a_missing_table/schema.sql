CREATE TABLE public.customers (id integer NOT NULL);

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
