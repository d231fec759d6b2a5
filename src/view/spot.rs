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
    /// Whether it stands in the one file that has every page, which has no other files beside it.
    pub alone: bool,
}

impl Spot<'_> {
    /// The explorer's page.
    pub const EXPLORER: Spot<'static> = Spot {
        path: "",
        site: "",
        name: "",
        alone: false,
    };

    /// Whether it is a page of its own, which has room for more than the explorer.
    pub fn is_roomy(self) -> bool {
        !self.path.is_empty()
    }

    /// The way from the page's folder to the site's.
    pub fn up(self) -> &'static str {
        if self.path.contains('/') { "../" } else { "./" }
    }

    /// The address of a file of the site, by its path there; none where the page stands alone and
    /// the site's own address isn't known.
    pub fn file(self, path: &str) -> Option<String> {
        match (self.alone, self.site) {
            (false, _) => Some([self.up(), path].concat()),
            (true, "") => None,
            (true, site) => Some([site, path].concat()),
        }
    }

    /// The address of another page that isn't a subject's. Where the page stands alone, that is a
    /// place in the same file.
    pub fn page(self, path: &str) -> String {
        [if self.alone { "#" } else { self.up() }, path].concat()
    }
}
