//! Where the site will be, as far as that is known when it is built.

use crate::export::cite::plain_address;

/// The site's own address. Unknown unless told; then every link in the site is a relative one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address(Option<String>);

impl Address {
    /// Takes a text for the site's address: absolute, http or https, ending in `/`.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|it| text.strip_prefix(it));
        let host = rest.and_then(|it| it.split_once('/')).map_or("", |it| it.0);
        let is_host = host
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b".-:[]".contains(&it));
        if host.is_empty()
            || !is_host
            || !text.ends_with('/')
            || text.contains(['?', '#', '\''])
            || plain_address(text) != text
        {
            return Err(format!(
                "“{text}” can't be the site's address; write it as https://example.org/facts/, \
                 with the / at its end"
            ));
        }
        Ok(Self(Some(text.to_owned())))
    }

    /// The address itself; empty where it isn't known.
    pub fn known(&self) -> &str {
        self.0.as_deref().unwrap_or("")
    }

    /// Whether it is known.
    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// The address of something in the site: absolute where the site's own is known, otherwise
    /// relative, with `up` the way from the folder of who asks (`./` or `../`). Something is a path
    /// in the site, and may have a fragment.
    pub fn of(&self, path: &str, up: &str) -> String {
        [self.0.as_deref().unwrap_or(up), path].concat()
    }
}
