-- Not kept: a comment of the file.
CREATE TABLE note (
  id integer PRIMARY KEY,
  title text NOT NULL,
  body text
);
COMMENT ON TABLE note IS '# Notes

A *note*, [see](https://example.org/?a=b&c=d), <b>bold</b>, `code`.

```
let not = "an example";
```

    not an example either
- a list
1. another';
COMMENT ON COLUMN note.title IS 'タイトル — “Grüße”, 🎉 and \ and */ too.';
COMMENT ON COLUMN note.body IS '
  begins late,	with a tab

ends early

';
