//! Sequences, alone and behind identity columns.

use sqlparser::tokenizer::Token;

use aludel_catalog::{ColumnType, Sequence};

use super::{
    Placed, Result,
    alter::rename,
    column::not_kept,
    cursor::Cursor,
    draft::Draft,
    statement::Outcome,
    table, type_name,
    types::{self, Meaning},
};

/// Reads `CREATE SEQUENCE …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let mut head = *cursor;
    cursor.skip_past("SEQUENCE")?;
    head.advance(1);
    let temporary = head.is_one_of(&["TEMP", "TEMPORARY"]);
    let if_not_exists = cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    let name = cursor.name("the name of a sequence")?;
    let mut sequence = read_options(cursor, draft)?;
    if temporary {
        draft.skip("CREATE TEMPORARY SEQUENCE", name.span);
        return Ok(Outcome::Done);
    }
    let first = draft
        .sequences
        .iter()
        .find(|other| other.value.name.as_ref() == Some(&name.value))
        .map(|first| first.span);
    match first {
        Some(_) if if_not_exists => {}
        Some(first) => draft.report(table::declared_twice("sequence", &name, first)),
        None => {
            sequence.name = Some(name.value);
            draft.sequences.push(Placed::new(sequence, name.span));
        }
    }
    Ok(Outcome::Done)
}

/// Reads `ALTER SEQUENCE …`. One that is not there belongs to a column, which says what there is to say.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    cursor.eat_words(&["IF", "EXISTS"]);
    let name = cursor.name("the name of a sequence")?;
    match draft.sequence_number(&name.value) {
        Some(number) => change(cursor, draft, number),
        None => Ok(Outcome::Done),
    }
}

/// Reads what is to become of a sequence.
pub(super) fn change(cursor: &mut Cursor<'_>, draft: &mut Draft, number: usize) -> Result<Outcome> {
    let mut sequence = draft.sequences[number].value.clone();
    if let Some(old) = &sequence.name
        && let Some(to) = rename::read_move(cursor, old)?
    {
        draft.sequences[number].value.name = Some(to.value);
        return Ok(Outcome::Done);
    }
    // Who owns it, and whether its numbers survive a crash.
    if cursor.is_word("OWNER") || cursor.is_one_of(&["SET", "RESTART"]) {
        return Ok(Outcome::Done);
    }
    read_all_options(cursor, &mut sequence, draft)?;
    draft.sequences[number].value = sequence;
    Ok(Outcome::Done)
}

/// Reads the options of a sequence, in any order, to the end.
pub(super) fn read_options(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Sequence> {
    let mut sequence = Sequence {
        name: None,
        ty: None,
        start: None,
        increment: None,
        min: None,
        max: None,
        cache: None,
        cycle: false,
    };
    read_all_options(cursor, &mut sequence, draft)?;
    Ok(sequence)
}

fn read_all_options(
    cursor: &mut Cursor<'_>,
    sequence: &mut Sequence,
    draft: &mut Draft,
) -> Result<()> {
    while !cursor.is_at_end() {
        read_option(cursor, sequence, draft)?;
    }
    Ok(())
}

fn read_option(cursor: &mut Cursor<'_>, sequence: &mut Sequence, draft: &mut Draft) -> Result<()> {
    let start = cursor.span();
    if cursor.eat_words(&["NO", "MINVALUE"]) || cursor.eat_words(&["NO", "MAXVALUE"]) {
    } else if cursor.eat_words(&["NO", "CYCLE"]) || cursor.eat_word("NOCYCLE") {
        sequence.cycle = false;
    } else if cursor.eat_word("CYCLE") {
        sequence.cycle = true;
    } else if cursor.eat_word("START") {
        cursor.eat_word("WITH");
        sequence.start = Some(read_number(cursor)?);
    } else if cursor.eat_word("INCREMENT") {
        cursor.eat_word("BY");
        sequence.increment = Some(read_number(cursor)?);
    } else if cursor.eat_word("MINVALUE") {
        sequence.min = Some(read_number(cursor)?);
    } else if cursor.eat_word("MAXVALUE") {
        sequence.max = Some(read_number(cursor)?);
    } else if cursor.eat_word("CACHE") {
        sequence.cache = Some(read_number(cursor)?);
    } else if cursor.eat_word("AS") {
        sequence.ty = read_type(cursor, draft)?;
    } else if cursor.eat_words(&["SEQUENCE", "NAME"]) {
        sequence.name = Some(cursor.name("the name of a sequence")?.value);
    } else if cursor.eat_word("ENGINE") {
        // MariaDB's dumps say how it is stored.
        cursor.eat_symbol(&Token::Eq);
        cursor.identifier("an engine")?;
    } else if cursor.eat_words(&["OWNED", "BY"]) {
        cursor.name("a column")?;
    } else if cursor.eat_word("LOGGED") || cursor.eat_word("UNLOGGED") || cursor.eat_word("NOCACHE")
    {
        draft.report(not_kept(cursor.text(start), start));
    } else if cursor.eat_word("RESTART") {
        cursor.eat_word("WITH");
        read_number(cursor)?;
        draft.report(not_kept("RESTART", cursor.span_from(start)));
    } else {
        return Err(cursor.expected("an option of the sequence"));
    }
    Ok(())
}

fn read_type(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Option<ColumnType>> {
    let Some(ty) = type_name::read(cursor)? else {
        return Ok(None);
    };
    match types::meaning(&ty, draft.dialect) {
        Meaning::Plain(kind) => Ok(Some(ColumnType::new(kind, ty.sql.value))),
        _ => {
            types::unknown(&ty, draft);
            Ok(None)
        }
    }
}

fn read_number(cursor: &mut Cursor<'_>) -> Result<i64> {
    cursor.eat_symbol(&Token::Eq);
    let unexpected = cursor.expected("a number of 64 bits");
    let number = cursor.number()?;
    number.value.parse().map_err(|_| unexpected)
}
