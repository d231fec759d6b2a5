//! A page that needs no script.

use super::address::Address;
use super::manifest::{APPLE, PATH as MANIFEST};
use super::shell;
use super::xml::{FEED_TYPE, short};
use crate::dataset::wording::direction;

/// The page's paper, light and dark, as `style/tokens.css` has it: phones give it to what they have around a page.
pub const PAPER: [&str; 2] = ["#fbf9f4", "#181715"];

/// The site's icon: a triangle, as a picture in its own address.
pub const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 16 16'%3E%3Cpath fill='%238a5a00' d='M8 1.5 15.5 14.5H.5Z'/%3E%3C/svg%3E";

/// The path of the page that a host sends where it has nothing at an address.
pub const LOST: &str = "404.html";

/// What the pages of a site share.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// The stylesheet's path in the site.
    pub style: String,
    /// The path of the script that fills in addresses and copies citations.
    pub script: String,
    /// The path of the script that lets the browser keep the site and tells where the explorer doesn't become
    /// live. Of a site that isn't kept, the explorer's page alone has one, which only tells that; elsewhere it
    /// is empty.
    pub offline: String,
    /// The path of the notices of whose works the program is made of; empty where they aren't there.
    pub notices: String,
    /// Where the site will be.
    pub address: Address,
    /// The tag of the language of the pages; empty for English.
    pub language: String,
}

/// What `<html>` says of the language of a page: the tag, and the direction where it isn't that of most.
pub fn html(language: &str) -> String {
    let tag = if language.is_empty() { "en" } else { language };
    match direction(tag) {
        "rtl" => format!("lang=\"{tag}\" dir=\"rtl\""),
        _ => format!("lang=\"{tag}\""),
    }
}

/// What stands in a page's head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The page's name.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// Its path in the site, which is also where its relative links start from.
    pub path: String,
    /// Whether citations stand on it, which the shared script helps to copy.
    pub script: bool,
    /// What search engines read, as JSON-LD; empty where there is none.
    pub linked_data: String,
    /// The path in the site of a picture that stands for the page, of 1200 by 630.
    pub image: Option<String>,
    /// The path in the site of what embeds the page by its address; see [`super::oembed`].
    pub oembed: Option<String>,
    /// The markup of what a browser is to ask for at once: it stands before the style, which takes a phone some
    /// hundredths of a second to read.
    pub early: String,
    /// Whether it is for frames in other pages, which have no bar around them, and which nobody puts on their screen.
    pub is_framed: bool,
    /// What the page has in itself.
    pub inside: Inside,
    /// What it has in common with the other pages.
    pub shared: Shared,
}

/// What a page has in itself that stands in files beside others: it is painted sooner, by the time that such a
/// file takes to be asked for, and however long that would take.
#[derive(Clone, Debug, Default)]
pub struct Inside {
    /// Stylesheets, with the site's as the first. Where there is none, the page has a link to that.
    pub styles: Vec<String>,
    /// Scripts that run before anything is painted.
    pub scripts: Vec<String>,
}

impl Inside {
    fn markup(&self) -> String {
        elements("style", &self.styles) + &elements("script", &self.scripts)
    }

    /// The scripts once more. Where they stand in the body, a browser that paints parts of pages paints what is above: it
    /// stops reading for a script that runs. That is why they have to be such as may run twice; one that is there
    /// already has its digest in the policy, and next to no weight.
    pub fn pause(&self) -> String {
        elements("script", &self.scripts)
    }
}

fn elements(name: &str, of: &[String]) -> String {
    let element = |it: &String| format!("<{name}>{it}</{name}>");
    of.iter().map(element).collect()
}

impl Head {
    /// The head's markup after the character set and before `</head>`.
    pub fn markup(&self, policy: bool) -> String {
        let title = escape(&self.title);
        let description = escape(&self.description);
        let policy = if policy {
            in_page(&shell::policy(&self.inside))
        } else {
            String::new()
        };
        // In a script's content no `<` is safe: neither `</script` nor `<!--`.
        let linked_data = self.linked_data.replace('<', "\\u003c");
        let linked_data = if linked_data.is_empty() {
            String::new()
        } else {
            format!("<script type=\"application/ld+json\">{linked_data}</script>")
        };
        let address = &self.shared.address;
        let own = escape(&address.of(short(&self.path, address), ""));
        let own = if address.is_known() {
            format!(
                "<link rel=\"canonical\" href=\"{own}\"><meta property=\"og:url\" content=\"{own}\">"
            )
        } else {
            let name = self.path.rsplit('/').next().unwrap_or("");
            format!("<link rel=\"canonical\" href=\"{name}\">")
        };
        let image = self.image.as_ref().map_or_else(String::new, |it| {
            format!(
                "<meta property=\"og:image\" content=\"{}\">\
                 <meta property=\"og:image:width\" content=\"1200\">\
                 <meta property=\"og:image:height\" content=\"630\">\
                 <meta property=\"og:image:alt\" content=\"{title}\">\
                 <meta name=\"twitter:card\" content=\"summary_large_image\">",
                escape(&address.of(it, self.up()))
            )
        });
        let installed = if self.is_framed {
            String::new()
        } else {
            let [light, dark] = PAPER;
            format!(
                "<meta name=\"theme-color\" content=\"{light}\" media=\"(prefers-color-scheme:light)\">\
                 <meta name=\"theme-color\" content=\"{dark}\" media=\"(prefers-color-scheme:dark)\">\
                 <link rel=\"apple-touch-icon\" href=\"{up}{APPLE}\">\
                 <link rel=\"manifest\" href=\"{up}{MANIFEST}\">",
                up = self.up()
            )
        };
        let oembed = self.oembed.as_ref().map_or_else(String::new, |it| {
            format!(
                "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\">",
                escape(&address.of(it, self.up()))
            )
        });
        let up = self.up();
        let script = |path: &str, how: &str| format!("<script {how} src=\"{up}{path}\"></script>");
        let mut scripts = String::new();
        if self.script {
            scripts += &script(&self.shared.script, "defer");
        }
        // WebKit may let no script begin that could while one that is to wait for the whole page is on its
        // way, which may be without end: what makes the page live would wait for what keeps it.
        let offline = &self.shared.offline;
        if !offline.is_empty() {
            scripts += &script(offline, "async");
        }
        format!(
            "{policy}{early}<title>{title}</title>\
             <meta name=\"description\" content=\"{description}\">\
             {own}\
             <meta property=\"og:title\" content=\"{title}\">\
             <meta property=\"og:description\" content=\"{description}\">\
             <meta property=\"og:type\" content=\"article\">\
             {image}{linked_data}\
             <link rel=\"alternate\" type=\"{FEED_TYPE}\" href=\"{up}changes.atom\">{oembed}\
             <link rel=\"icon\" href=\"{ICON}\">\
             {installed}{style}{inside}{scripts}",
            style = self.style(),
            early = self.early,
            inside = self.inside.markup(),
        )
    }

    fn style(&self) -> String {
        if self.inside.styles.is_empty() {
            let (up, style) = (self.up(), &self.shared.style);
            return format!("<link rel=\"stylesheet\" href=\"{up}{style}\">");
        }
        String::new()
    }

    /// The way from the page's folder to the site's: `./` or `../`, and the site's address for the page that a host
    /// sends from any folder.
    pub fn up(&self) -> &str {
        match self.path.as_str() {
            LOST => self.shared.address.known(),
            path if path.contains('/') => "../",
            _ => "./",
        }
    }
}

/// How the element begins that a page has its policy in.
const POLICY_IN_PAGE: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// A policy as a page has it in itself.
fn in_page(policy: &str) -> String {
    format!("{POLICY_IN_PAGE}{policy}\">")
}

/// The policy that a page has in itself.
pub fn policy_of(page: &str) -> Option<&str> {
    let (policy, _) = page.split_once(POLICY_IN_PAGE)?.1.split_once('"')?;
    Some(policy)
}

/// The page.
pub fn document(head: &Head, body: &str, policy: bool) -> String {
    format!(
        "<!doctype html>\n<html {}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">{}</head><body>{body}</body></html>\n",
        html(&head.shared.language),
        head.markup(policy)
    )
}

/// Text for an attribute's value.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
