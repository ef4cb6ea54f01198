CREATE TABLE visit (page TEXT NOT NULL, seconds REAL);
