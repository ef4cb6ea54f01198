//! Line breaks as rustfmt makes them, for the few shapes that generated code has.

/// The longest line.
const WIDTH: usize = 100;
/// The longest list of arguments, or of elements, on one line.
const LIST_WIDTH: usize = 60;

/// `left = right;`, broken behind the `=` where it is too long.
pub(super) fn assignment(indent: usize, left: &str, right: &str) -> String {
    let line = format!("{left} = {right};");
    if indent + width(&line) <= WIDTH {
        line
    } else {
        format!("{left} =\n{}{right};", spaces(indent + 4))
    }
}

/// `&[a, b]`, or one element a line.
pub(super) fn array(indent: usize, items: &[String]) -> String {
    let line = items.join(", ");
    if width(&line) <= LIST_WIDTH && !line.contains('\n') {
        return format!("&[{line}]");
    }
    let inner = spaces(indent + 4);
    let lines: Vec<String> = items
        .iter()
        .map(|item| format!("{inner}{item},\n"))
        .collect();
    format!("&[\n{}{}]", lines.concat(), spaces(indent))
}

/// `(a, b)`, or one item a line.
pub(super) fn tuple(indent: usize, items: &[String]) -> String {
    let line = format!("({})", items.join(", "));
    if indent + width(&line) <= WIDTH && width(&line) <= LIST_WIDTH + 2 {
        return line;
    }
    let inner = spaces(indent + 4);
    let lines: Vec<String> = items
        .iter()
        .map(|item| format!("{inner}{item},\n"))
        .collect();
    format!("(\n{}{})", lines.concat(), spaces(indent))
}

/// `&[0, 1]`: positions of columns, on one line however many they are.
pub(super) fn positions(positions: &[usize]) -> String {
    let positions: Vec<String> = positions.iter().map(usize::to_string).collect();
    format!("&[{}]", positions.join(", "))
}

/// `function(argument),`, or the argument on a line of its own.
pub(super) fn call(indent: usize, function: &str, argument: &str) -> String {
    let line = format!("{function}({argument})");
    if indent + width(&line) < WIDTH {
        return line;
    }
    format!(
        "{function}(\n{}{argument},\n{})",
        spaces(indent + 4),
        spaces(indent)
    )
}

/// A statement in lines, broken between words wherever one is full; rustfmt would give each its own.
pub(super) fn words(indent: usize, statement: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in statement.split(' ') {
        let line = lines.last_mut().expect("there is a first line");
        let margin = if line.is_empty() { 0 } else { width(line) + 1 };
        if margin > 0 && indent + margin + width(word) > WIDTH {
            lines.push(format!("    {word}"));
        } else if line.is_empty() {
            line.push_str(word);
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines
}

/// `function(a, b)` as the last expression of a body, or one argument a line.
pub(super) fn calling(indent: usize, function: &str, arguments: &[&str]) -> String {
    let list = arguments.join(", ");
    let line = format!("{function}({list})");
    if indent + width(&line) <= WIDTH && width(&list) <= LIST_WIDTH {
        return line;
    }
    format!("{function}(\n{})", one_a_line(indent, arguments))
}

/// `pub fn name(a, b) -> C` and the space for a ` {`, or one argument a line. `words` are those before the name.
pub(super) fn signature(
    indent: usize,
    words: &str,
    name: &str,
    arguments: &[&str],
    result: &str,
) -> String {
    let list = arguments.join(", ");
    // Here rustfmt counts bytes, but for the arguments.
    let around = format!("{words} {name}() -> {result} {{").len();
    if indent + around + width(&list) <= WIDTH {
        return format!("{words} {name}({list}) -> {result}");
    }
    let arguments = one_a_line(indent, arguments);
    format!("{words} {name}(\n{arguments}) -> {result}")
}

/// Each argument on a line, and the indentation of what follows.
fn one_a_line(indent: usize, arguments: &[&str]) -> String {
    let inner = spaces(indent + 4);
    let lines = arguments
        .iter()
        .map(|argument| format!("{inner}{argument},\n"));
    lines.chain([spaces(indent)]).collect()
}

/// `pub use path::{A, B};`, or as many names a line as it takes.
pub(super) fn exports(path: &str, names: &[String]) -> String {
    let line = match names {
        [name] => format!("pub use {path}::{name};"),
        names => format!("pub use {path}::{{{}}};", names.join(", ")),
    };
    // Here rustfmt wants room for two more.
    if width(&line) + 2 <= WIDTH || names.len() == 1 {
        return line;
    }
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(last) if width(last) + width(name) + 2 <= WIDTH => {
                last.push_str(&format!(" {name},"));
            }
            _ => lines.push(format!("{}{name},", spaces(4))),
        }
    }
    format!("pub use {path}::{{\n{}\n}};", lines.join("\n"))
}

/// Whether some line of code is too long, so that rustfmt would break it in ways of its own. Names of forty and more
/// characters do that, and keys of sixteen and more columns.
pub(super) fn is_too_wide(text: &str) -> bool {
    let code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines()
        .filter(code)
        .any(|line| width(line) > WIDTH || has_long_positions(line))
}

/// Whether there is a list of [`positions`] that rustfmt would not leave on one line.
fn has_long_positions(line: &str) -> bool {
    line.split("&[").skip(1).any(|list| {
        let list = list.split(']').next().unwrap_or_default();
        let is_position = |byte: u8| byte.is_ascii_digit() || b", ".contains(&byte);
        list.len() > LIST_WIDTH && list.bytes().all(is_position)
    })
}

fn spaces(indent: usize) -> String {
    " ".repeat(indent)
}

/// rustfmt counts characters by their width on a screen; for what is not ASCII that is two at most.
fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}
