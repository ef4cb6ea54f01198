//! Plugins: named hooks that change an engine as it is built.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet, VecDeque},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::EngineBuilder;
use crate::error::{Error, ErrorKind, Result};

/// A named hook that changes an engine as it is built: it is given the builder, with all that was said before, and gives it back.
///
/// One that is [registered](Plugin::register) can be named in a URL, `?plugin=audit&plugin=limits`, and in
/// [settings](super::Engine::from_config). Those in the URL come first, in their order, then those in code. Each runs once.
///
/// ```
/// # use aludel::{Engine, EngineBuilder, Plugin};
/// Plugin::new("small", |engine: EngineBuilder| Ok(engine.pool_size(1).max_overflow(0))).register()?;
/// let engine = Engine::new("sqlite:///shop.db?plugin=small")?;
/// assert_eq!(engine.url().to_string(), "sqlite:///shop.db");
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Clone)]
pub struct Plugin {
    name: Cow<'static, str>,
    /// `None` for the one that is registered by the name.
    hook: Option<Arc<Hook>>,
}

type Hook = dyn Fn(EngineBuilder) -> Result<EngineBuilder> + Send + Sync;

/// The plugins that URLs may name.
static REGISTERED: Mutex<BTreeMap<String, Plugin>> = Mutex::new(BTreeMap::new());

impl Plugin {
    /// A plugin by this name. What the hook returns as an error is the error of building the engine. It can take options of its own
    /// out of the URL: see [`EngineBuilder::url`] and [`EngineBuilder::map_url`].
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        hook: impl Fn(EngineBuilder) -> Result<EngineBuilder> + Send + Sync + 'static,
    ) -> Plugin {
        Plugin {
            name: name.into(),
            hook: Some(Arc::new(hook)),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lets URLs and settings name it, in the whole program.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) where another was registered by this name before.
    pub fn register(self) -> Result<()> {
        let mut registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
        let known = registered
            .entry(self.name.to_string())
            .or_insert_with(|| self.clone());
        let is_same = match (&known.hook, &self.hook) {
            (Some(known), Some(own)) => Arc::ptr_eq(known, own),
            _ => false,
        };
        if is_same {
            return Ok(());
        }
        let message = format!("another plugin is registered as `{}`", self.name);
        Err(Error::new(ErrorKind::Configuration, message))
    }

    fn hook(&self) -> Result<Arc<Hook>> {
        if let Some(hook) = &self.hook {
            return Ok(Arc::clone(hook));
        }
        let registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
        let known = registered.get(&*self.name);
        known
            .and_then(|known| known.hook.clone())
            .ok_or_else(|| unknown(&self.name, registered.keys().map(String::as_str)))
    }
}

/// The plugin that is [registered](Plugin::register) by this name.
impl From<&str> for Plugin {
    fn from(name: &str) -> Self {
        Plugin {
            name: name.to_owned().into(),
            hook: None,
        }
    }
}

impl fmt::Debug for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plugin({})", self.name)
    }
}

/// Has all plugins change the engine, also those that plugins add.
pub(super) fn apply(mut builder: EngineBuilder) -> Result<EngineBuilder> {
    let mut done = HashSet::new();
    let mut waiting = VecDeque::new();
    loop {
        let in_url = builder.url.iter().flat_map(|url| url.query());
        let in_url = in_url.filter(|(key, _)| *key == "plugin");
        waiting.extend(in_url.map(|(_, name)| Plugin::from(name)));
        builder = builder.map_url(|url| url.without_query("plugin"));
        waiting.extend(std::mem::take(&mut builder.plugins));
        let Some(plugin) = waiting.pop_front() else {
            return Ok(builder);
        };
        if done.insert(plugin.name.clone()) {
            builder = plugin.hook()?(builder)?;
        }
    }
}

#[cold]
fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Error {
    let message = match aludel_catalog::nearest(name, known.clone()) {
        Some(near) => format!("no plugin is registered as `{name}`: did you mean `{near}`?"),
        None => {
            let known: Vec<&str> = known.collect();
            format!(
                "no plugin is registered as `{name}`: register it before the engine is built (registered are: {})",
                if known.is_empty() {
                    "none".to_owned()
                } else {
                    known.join(", ")
                }
            )
        }
    };
    Error::new(ErrorKind::Configuration, message)
}
