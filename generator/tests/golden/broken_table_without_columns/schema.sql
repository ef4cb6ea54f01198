CREATE TABLE hobby ();
