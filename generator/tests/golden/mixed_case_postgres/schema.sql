CREATE TABLE "User" ("userId" serial PRIMARY KEY, "createdAt" timestamp NOT NULL);
CREATE TABLE Post (Id serial PRIMARY KEY, "authorId" integer NOT NULL REFERENCES "User" ("userId"));
