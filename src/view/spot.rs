//! The page that something stands on.

/// A page of the site, as those see it who link from it or to it.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// The page's path in the site; empty in the explorer, whose bytes are counted.
    pub path: &'a str,
    /// The site's own address; empty where it isn't known.
    pub site: &'a str,
    /// Whose page it is; empty where it is about the dataset as a whole.
    pub name: &'a str,
}

impl Spot<'_> {
    /// The explorer's page.
    pub const EXPLORER: Spot<'static> = Spot {
        path: "",
        site: "",
        name: "",
    };

    /// Whether it is a page of its own, which has room for more than the explorer.
    pub fn is_roomy(self) -> bool {
        !self.path.is_empty()
    }

    /// The way from the page's folder to the site's.
    pub fn up(self) -> &'static str {
        if self.path.contains('/') { "../" } else { "./" }
    }
}
