//! What the name of a file says to each tool.

/// A number of any length: how many digits it has, and these, without zeros before it.
type Number = (usize, String);

/// What migrations are ordered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    /// By numbers, one behind the other.
    Numbers(Vec<Number>),
    /// Letter by letter.
    Text(String),
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It leads up.
    Up,
    /// It leads back.
    Down,
    /// It is applied behind all others, whenever it changes.
    Repeatable,
    /// It stands for everything up to its version.
    Baseline,
    /// It is written in another language than SQL.
    Code(&'static str),
}

/// The name of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) role: Role,
    /// What must not be there twice.
    pub(super) version: String,
    pub(super) order: Order,
}

/// `1_name.sql`, `1_name.up.sql`, `1_name.down.sql`: the version is a number.
pub(super) fn sqlx(name: &str) -> Option<Named> {
    let (version, rest) = name.split_once('_')?;
    let rest = rest.strip_suffix(".sql")?;
    let role = match rest.ends_with(".down") {
        true => Role::Down,
        false => Role::Up,
    };
    numbered(version, role)
}

/// `1_name.up.sql`, `1_name.down.sql`.
pub(super) fn golang_migrate(name: &str) -> Option<Named> {
    let (version, rest) = name.split_once('_')?;
    let role = match rest.strip_suffix(".sql")?.rsplit_once('.')?.1 {
        "up" => Role::Up,
        "down" => Role::Down,
        _ => return None,
    };
    numbered(version, role)
}

/// `V1__name.sql`, and `U1__name.sql` for one that may come late.
pub(super) fn refinery(name: &str) -> Option<Named> {
    let rest = name.strip_prefix(['V', 'U'])?;
    let (version, rest) = rest.split_once("__")?;
    let (description, extension) = rest.rsplit_once('.')?;
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    if description.is_empty() || !description.chars().all(is_word) {
        return None;
    }
    let role = match extension {
        "rs" => Role::Code("Rust"),
        _ => Role::Up,
    };
    Some(Named {
        role,
        ..in_parts(version, &['.'])?
    })
}

/// `V1_2__Name.sql`; `U1__…` to undo it, `B1__…` instead of everything up to it, `R__Name.sql` behind all.
pub(super) fn flyway(name: &str) -> Option<Named> {
    let (stem, extension) = name.rsplit_once('.')?;
    let (head, description) = stem.split_once("__")?;
    let (kind, version) = head.split_at_checked(1)?;
    let role = match (kind, extension) {
        ("V", "java") => Role::Code("Java"),
        ("V", "kt") => Role::Code("Kotlin"),
        ("V", _) => Role::Up,
        ("U", _) => Role::Down,
        ("B", _) => Role::Baseline,
        ("R", _) if version.is_empty() => {
            return Some(Named {
                role: Role::Repeatable,
                version: description.to_owned(),
                order: Order::Text(description.to_owned()),
            });
        }
        _ => return None,
    };
    let mut named = in_parts(version, &['.', '_'])?;
    if let Order::Numbers(parts) = &mut named.order {
        // 1.0 is version 1.
        while parts.len() > 1 && parts.last().is_some_and(|(digits, _)| *digits == 0) {
            parts.pop();
        }
        named.version = spelled(parts);
    }
    Some(Named { role, ..named })
}

/// `1_name.sql`, ordered by the whole name; the version is a number.
pub(super) fn dbmate(name: &str) -> Option<Named> {
    let version = &name[..digits(name)];
    name.strip_suffix(".sql")?;
    (!version.is_empty()).then(|| Named {
        role: Role::Up,
        version: version.to_owned(),
        order: Order::Text(name.to_owned()),
    })
}

/// `1_name.sql`, `1_name.go`: the version is a number.
pub(super) fn goose(name: &str) -> Option<Named> {
    let (version, rest) = name.split_once('_')?;
    let role = match rest.rsplit_once('.')?.1 {
        "go" if rest.ends_with("_test.go") => return None,
        "go" => Role::Code("Go"),
        _ => Role::Up,
    };
    numbered(version, role)
}

/// `1_name.sql`, ordered by the whole name.
pub(super) fn atlas(name: &str) -> Option<Named> {
    let stem = name.strip_suffix(".sql")?;
    let version = stem.split('_').next().unwrap_or(stem);
    Some(Named {
        role: Role::Up,
        version: version.to_owned(),
        order: Order::Text(name.to_owned()),
    })
}

/// A folder `2024-01-31-120000_name`: the version is a text, in which `-` does not count.
pub(super) fn diesel(name: &str) -> Option<Named> {
    let version = name.split('_').next().unwrap_or(name).replace('-', "");
    (!version.is_empty()).then(|| Named {
        role: Role::Up,
        order: Order::Text(version.clone()),
        version,
    })
}

/// A folder `01-name`: the version is a number.
pub(super) fn rusqlite_migration(name: &str) -> Option<Named> {
    let (version, _) = name.split_once('-')?;
    numbered(version, Role::Up)
}

/// The one file there is.
pub(super) fn rails(name: &str) -> Option<Named> {
    Some(Named {
        role: Role::Up,
        version: name.to_owned(),
        order: Order::Text(name.to_owned()),
    })
}

fn numbered(version: &str, role: Role) -> Option<Named> {
    Some(Named {
        role,
        ..in_parts(version, &[])?
    })
}

/// A version of one number, or of several between separators.
fn in_parts(version: &str, separators: &[char]) -> Option<Named> {
    let parts: Option<Vec<Number>> = version.split(separators).map(number).collect();
    let parts = parts?;
    Some(Named {
        role: Role::Up,
        version: spelled(&parts),
        order: Order::Numbers(parts),
    })
}

fn number(text: &str) -> Option<Number> {
    let is_number = !text.is_empty() && digits(text) == text.len();
    is_number.then(|| {
        let text = text.trim_start_matches('0');
        (text.len(), text.to_owned())
    })
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn spelled(parts: &[Number]) -> String {
    let parts = parts.iter().map(|(length, digits)| match length {
        0 => "0",
        _ => digits.as_str(),
    });
    parts.collect::<Vec<_>>().join(".")
}
