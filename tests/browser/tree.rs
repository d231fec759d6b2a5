//! Chromium's accessibility tree of what readers meet most, without its texts.

use std::collections::HashMap;
use std::fmt::Write as _;

use macro_rules_attribute::apply;
use serde_json::{Value, json};

use crate::accessibility::open_state;
use crate::reader::{Reader, at, on_a_phone_at};
use crate::snapshot::is_as_recorded;

/// What is left out: texts, and what has no role of its own. What is in them stands in their place.
const LEFT_OUT: [&str; 19] = [
    "InlineTextBox",
    "LabelText",
    "LayoutTable",
    "LineBreak",
    "ListMarker",
    "RootWebArea",
    "StaticText",
    "Time",
    "caption",
    "Caption",
    "definition",
    "generic",
    "mark",
    "none",
    "paragraph",
    "strong",
    "superscript",
    "term",
    "time",
];

/// Of what there are many alike, so many stand for all.
const FIRST: usize = 3;
const MANY: [&str; 7] = [
    "MenuListOption",
    "article",
    "checkbox",
    "link",
    "listitem",
    "option",
    "row",
];

/// States that are told where they aren't as usual.
const STATES: [&str; 10] = [
    "busy", "checked", "disabled", "expanded", "hasPopup", "level", "live", "modal", "pressed",
    "required",
];

struct Tree<'a> {
    nodes: HashMap<&'a str, &'a Value>,
    text: String,
}

impl<'a> Tree<'a> {
    /// The nodes under one, with those that are left out replaced by what is in them.
    fn under(&self, node: &'a Value) -> Vec<&'a Value> {
        let ids = node["childIds"].as_array().into_iter().flatten();
        let children = ids.filter_map(|it| self.nodes.get(it.as_str()?).copied());
        let mut under = Vec::new();
        for child in children {
            let role = child["role"]["value"].as_str().unwrap_or("");
            if child["ignored"] == true || LEFT_OUT.contains(&role) {
                under.extend(self.under(child));
            } else {
                under.push(child);
            }
        }
        under
    }

    fn write(&mut self, node: &'a Value, depth: usize) {
        let mut of_role: HashMap<&str, usize> = HashMap::new();
        let under = self.under(node);
        for child in &under {
            let role = child["role"]["value"].as_str().unwrap_or("");
            let so_far = of_role.entry(role).or_default();
            *so_far += 1;
            if !MANY.contains(&role) || *so_far <= FIRST {
                self.line(child, role, depth);
                self.write(child, depth + 1);
            }
        }
        for role in MANY {
            let n = of_role.get(role).copied().unwrap_or(0);
            if n > FIRST {
                let indent = "  ".repeat(depth);
                writeln!(self.text, "{indent}… {} more: {role}", n - FIRST).unwrap();
            }
        }
    }

    fn line(&mut self, node: &Value, role: &str, depth: usize) {
        let mut line = "  ".repeat(depth) + role;
        for (key, before) in [
            ("name", " “"),
            ("description", " — described as “"),
            ("value", " = “"),
        ] {
            let value = &node[key]["value"];
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            if !value.is_null() && !text.trim().is_empty() {
                line += &format!("{before}{}”", text.trim());
            }
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let name = property["name"].as_str().unwrap_or("");
            let value = &property["value"]["value"];
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            let is_usual =
                ["false", "off"].contains(&&*value) && !["expanded", "pressed"].contains(&name);
            if STATES.contains(&name) && !is_usual {
                line += &format!(" [{name}: {value}]");
            }
        }
        writeln!(self.text, "{line}").unwrap();
    }
}

/// The tree that assistive technology is given, a line a node.
async fn tree(reader: &Reader) -> String {
    let tree = reader.cdp("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().unwrap();
    let mut tree = Tree {
        nodes: nodes
            .iter()
            .map(|it| (it["nodeId"].as_str().unwrap(), it))
            .collect(),
        text: String::new(),
    };
    tree.write(&nodes[0], 0);
    tree.text.trim_end().to_owned()
}

#[apply(browser_test)]
async fn what_assistive_technology_is_given_is_as_recorded() {
    let reader = at("").await;
    is_as_recorded("tree-landing", &tree(&reader).await);
    // What stands around the results is the same in every state.
    for (name, fragment, has, begin) in [
        (
            "no-results",
            "#q=zeppelin&finding=warned",
            ".empty button",
            "region “jurisdictions”",
        ),
        (
            "open-card",
            "#finding=warned&open=new-orleans-la",
            ".history section",
            "article “New Orleans”",
        ),
        (
            "table",
            "#view=table&finding=cleared",
            ".other tbody tr",
            "table “jurisdictions",
        ),
        (
            "timeline",
            "#view=timeline&finding=warned",
            ".timeline h3",
            "region “jurisdictions”",
        ),
        (
            "compare",
            "#finding=warned&compare=chicago-il,new-orleans-la",
            ".compare table",
            "region “Side by side”",
        ),
    ] {
        open_state(&reader, (fragment, has)).await;
        let tree = tree(&reader).await;
        is_as_recorded(&format!("tree-{name}"), &part(&tree, begin));
    }
    reader.ends_with_an_empty_console().await;
    let reader = on_a_phone_at("").await;
    reader.press("button", "Filters").await;
    reader
        .until("document.querySelector('#filters:popover-open')")
        .await;
    let tree = tree(&reader).await;
    let sheet = part(&tree, "group “Filters”");
    is_as_recorded("tree-filters-sheet", &sheet);
    reader.ends_with_an_empty_console().await;
}

/// A line that begins so, and what is under it.
fn part(tree: &str, begin: &str) -> String {
    let mut lines = tree
        .lines()
        .skip_while(|it| !it.trim_start().starts_with(begin));
    let first = lines
        .next()
        .unwrap_or_else(|| panic!("no {begin} in\n{tree}"));
    let depth = |it: &str| it.len() - it.trim_start().len();
    let under = lines.take_while(|it| depth(it) > depth(first));
    let cut = |it: &str| it[depth(first)..].to_owned();
    let part: Vec<String> = std::iter::once(first).chain(under).map(cut).collect();
    part.join("\n")
}
