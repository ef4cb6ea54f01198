//! The events of the YAML parser become a tree.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span as EventSpan};

use super::{
    merge,
    node::{Entry, Node, Piece, Scalar, Value},
    syntax,
};
use crate::{
    diagnostic::{Diagnostic, Span},
    source::SourceFile,
};

/// How deep lists and maps may be nested.
const DEEPEST: usize = 64;

/// How many nodes all aliases of a file together may stand for.
const LARGEST: usize = 10_000;

/// The tree of a file; none where the file is empty or cannot be read. What is wrong is added to `problems`.
pub(crate) fn load(
    number: usize,
    file: &SourceFile,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let options = granit_parser::options! {
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut builder = Builder {
        file: number,
        text: file.text(),
        open: Vec::new(),
        anchors: HashMap::new(),
        copied: 0,
        root: None,
        problems,
    };
    for next in Parser::new_from_str_with_options(file.text(), options) {
        let step = match next {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => Err(Box::new(syntax::explain(number, file.text(), &error))),
        };
        if let Err(problem) = step {
            builder.problems.push(*problem);
            return None;
        }
    }
    builder.root
}

/// A list or a map that has not been closed yet.
struct Open {
    kind: Kind,
    start: usize,
    end: usize,
    anchor: usize,
}

enum Kind {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        merged: Vec<Node>,
        key: Option<Scalar>,
    },
}

struct Builder<'t, 'p> {
    file: usize,
    text: &'t str,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    copied: usize,
    root: Option<Node>,
    problems: &'p mut Vec<Diagnostic>,
}

type Step = Result<(), Box<Diagnostic>>;

impl Builder<'_, '_> {
    fn take(&mut self, event: Event<'_>, span: EventSpan) -> Step {
        let span = self.span(&span);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => Err(Box::new(second_document(span))),
            Event::Scalar(.., Some(_))
            | Event::SequenceStart(.., Some(_))
            | Event::MappingStart(.., Some(_)) => Err(Box::new(tag(span))),
            Event::Scalar(text, style, anchor, None) => {
                let node = Node {
                    value: Value::Scalar(self.scalar(text.into_owned(), style, span)),
                    span,
                };
                self.add(node, anchor)
            }
            Event::SequenceStart(_, anchor, None) => {
                self.start(Kind::List(Vec::new()), span, anchor)
            }
            Event::MappingStart(_, anchor, None) => {
                let kind = Kind::Map {
                    entries: Vec::new(),
                    merged: Vec::new(),
                    key: None,
                };
                self.start(kind, span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn start(&mut self, kind: Kind, span: Span, anchor: usize) -> Step {
        if self.waits_for_key() {
            return Err(Box::new(odd_key(span)));
        }
        self.open.push(Open {
            kind,
            start: span.start,
            end: span.end,
            anchor,
        });
        Ok(())
    }

    fn waits_for_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                kind: Kind::Map { key: None, .. },
                ..
            })
        )
    }

    fn close(&mut self, span: Span) -> Step {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        // A list in brackets ends at its bracket, any other with its last item.
        let end = match self.text.as_bytes().get(open.start) {
            Some(b'[' | b'{') => span.end,
            _ => open.end,
        };
        let value = match open.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map {
                entries, merged, ..
            } => Value::Map(merge::merge(entries, merged, self.problems)),
        };
        let span = Span::new(self.file, open.start, end.max(open.start));
        self.add(Node { value, span }, open.anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Step {
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            return Err(Box::new(own_alias(span)));
        };
        self.copied = self.copied.saturating_add(node.count());
        if self.copied > LARGEST {
            return Err(Box::new(too_large(span)));
        }
        self.add(node, 0)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Step {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.end = open.end.max(node.span.end);
        match &mut open.kind {
            Kind::List(items) => items.push(node),
            Kind::Map {
                entries,
                merged,
                key,
            } => match key.take() {
                Some(key) if key.plain && key.text == "<<" => merged.push(node),
                Some(key) => entries.push(Entry { key, value: node }),
                None => match node.value {
                    Value::Scalar(scalar) => *key = Some(scalar),
                    _ => return Err(Box::new(odd_key(node.span))),
                },
            },
        }
        Ok(())
    }

    fn scalar(&self, text: String, style: ScalarStyle, span: Span) -> Scalar {
        Scalar {
            pieces: pieces(&text, &self.text[span.start..span.end], span.start),
            plain: style == ScalarStyle::Plain,
            text,
            span,
        }
    }

    fn span(&self, span: &EventSpan) -> Span {
        let length = self.text.len();
        let range = span.byte_range().unwrap_or(0..0);
        let start = self.text.floor_char_boundary(range.start.min(length));
        let end = self.text.ceil_char_boundary(range.end.min(length));
        // What ends a text is not part of it.
        let trimmed = self.text[start..end.max(start)].trim_end().len();
        Span::new(self.file, start, start + trimmed)
    }
}

/// The lines of a text as they are written in the file, one behind the other. Lines with escapes are left out.
fn pieces(text: &str, written: &str, offset: usize) -> Vec<Piece> {
    let mut found = Vec::new();
    let (mut in_text, mut in_file) = (0, 0);
    for line in written.split_inclusive('\n') {
        let content = line.trim().trim_matches(['"', '\'']);
        let content = match text.contains(line.trim()) {
            true => line.trim(),
            false => content,
        };
        if let (false, Some(start)) = (content.is_empty(), text[in_text..].find(content)) {
            let within = line.find(content).unwrap_or_default();
            found.push(Piece {
                start: in_text + start,
                length: content.len(),
                written: offset + in_file + within,
            });
            in_text += start + content.len();
        }
        in_file += line.len();
    }
    found
}

fn second_document(span: Span) -> Diagnostic {
    Diagnostic::error("a second document begins here")
        .at(span)
        .help("write each schema into a file of its own, without `---` between them")
}

fn tag(span: Span) -> Diagnostic {
    Diagnostic::error("tags such as `!!str` say nothing in a schema")
        .at(span)
        .label("this has a tag")
        .help("leave the tag out; put a text into quotes to have it taken as it is")
}

fn odd_key(span: Span) -> Diagnostic {
    Diagnostic::error("a key has to be a text")
        .at(span)
        .label("this is a list or a map")
}

fn own_alias(span: Span) -> Diagnostic {
    Diagnostic::error("this alias stands within what it stands for").at(span)
}

fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error("the aliases of this file stand for too much")
        .at(span)
        .label("with this one")
        .help(format!("together they may stand for {LARGEST} values"))
}
