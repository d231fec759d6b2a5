use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::View;
use fact_explorer::query::address::{decode, encode};
use fact_explorer::query::selection::Sort;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Every file that git knows or would know, by its path from the root.
fn files() -> Vec<PathBuf> {
    let git = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .output()
        .unwrap();
    assert!(git.status.success(), "this needs a clone: {git:?}");
    let text = String::from_utf8(git.stdout).unwrap();
    let paths = text.split('\0').filter(|it| !it.is_empty());
    let mut files: Vec<PathBuf> = paths.map(PathBuf::from).filter(|it| it.is_file()).collect();
    files.sort();
    files
}

/// A text in Markdown.
struct Document {
    path: PathBuf,
    /// Where its links and pictures lead.
    links: Vec<String>,
    /// Its pictures, each with the words that take its place.
    pictures: Vec<(String, String)>,
    /// The names of its headings.
    anchors: BTreeSet<String>,
    /// What stands in its blocks of shell commands.
    commands: Vec<String>,
    /// How many blocks of code don't say what they are in.
    n_unnamed: usize,
}

/// The name of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = |it: &char| it.is_alphanumeric() || [' ', '-', '_'].contains(it);
    let kept: String = heading.chars().filter(kept).collect();
    kept.to_lowercase().replace(' ', "-")
}

fn document(path: PathBuf) -> Document {
    let text = fs::read_to_string(&path).unwrap();
    let mut document = Document {
        path,
        links: Vec::new(),
        pictures: Vec::new(),
        anchors: BTreeSet::new(),
        commands: Vec::new(),
        n_unnamed: 0,
    };
    let (mut heading, mut shell): (Option<String>, Option<String>) = (None, None);
    let mut picture = false;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                document.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                document.links.push(dest_url.to_string());
                document
                    .pictures
                    .push((dest_url.into_string(), String::new()));
                picture = true;
            }
            Event::End(TagEnd::Image) => picture = false,
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let name = anchor(&heading.take().unwrap());
                let taken = |it: &String| document.anchors.contains(it);
                let mut numbered = (0..).map(|it| match it {
                    0 => name.clone(),
                    it => format!("{name}-{it}"),
                });
                let name = numbered.find(|it| !taken(it)).unwrap();
                document.anchors.insert(name);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => match &*language {
                "sh" => shell = Some(String::new()),
                "" => document.n_unnamed += 1,
                _ => {}
            },
            Event::End(TagEnd::CodeBlock) => document.commands.extend(shell.take()),
            Event::Text(text) | Event::Code(text) => {
                if picture {
                    document.pictures.last_mut().unwrap().1.push_str(&text);
                }
                for into in [&mut heading, &mut shell].into_iter().flatten() {
                    into.push_str(&text);
                }
            }
            _ => {}
        }
    }
    document
}

fn documents() -> Vec<Document> {
    let is_text = |it: &PathBuf| it.extension().is_some_and(|it| it == "md");
    let all: Vec<Document> = files().into_iter().filter(is_text).map(document).collect();
    assert!(all.len() > 20, "{}", all.len());
    all
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => assert!(plain.pop(), "{} leads out", path.display()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn every_link_and_every_picture_is_there() {
    let documents = documents();
    let anchors: BTreeMap<&Path, &BTreeSet<String>> = documents
        .iter()
        .map(|it| (it.path.as_path(), &it.anchors))
        .collect();
    let files: BTreeSet<PathBuf> = files().into_iter().collect();
    let folders: BTreeSet<&Path> = files.iter().flat_map(|it| it.ancestors().skip(1)).collect();
    let mut n_links = 0;
    for document in &documents {
        let from = document.path.display();
        for link in &document.links {
            if link.contains(':') {
                let is_web = ["https://", "mailto:"]
                    .iter()
                    .any(|it| link.starts_with(it));
                assert!(is_web, "{from}: {link}");
                continue;
            }
            n_links += 1;
            let (path, name) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => document.path.clone(),
                path => plain(&document.path.parent().unwrap().join(path)),
            };
            let is_there = files.contains(&target) || folders.contains(target.as_path());
            assert!(is_there, "{from}: {link} leads nowhere");
            if !name.is_empty() {
                let there = anchors.get(target.as_path());
                let is_there = there.is_some_and(|it| it.contains(name));
                assert!(is_there, "{from}: there is no {link}");
            }
        }
    }
    assert!(n_links > 30, "{n_links}");
}

#[test]
fn pictures_have_words_and_are_light() {
    let mut n_pictures = 0;
    for document in documents() {
        for (path, words) in &document.pictures {
            n_pictures += 1;
            assert!(
                words.len() > 20,
                "{}: {path}: {words}",
                document.path.display()
            );
            let file = document.path.parent().unwrap().join(path);
            let bytes = fs::metadata(&file).unwrap().len();
            // Those that `make screenshots` makes are small: as in tools/screenshots.mjs.
            let most = if path.contains("explorer-") {
                150_000
            } else {
                250_000
            };
            assert!(bytes <= most, "{path}: {bytes}");
        }
    }
    assert!(n_pictures > 0);
}

/// A command in a text: the variables that it is given, and its words.
#[derive(Debug)]
struct Said {
    variables: Vec<String>,
    words: Vec<String>,
}

/// The commands of a block, as a shell would read them; comments aside.
fn said(block: &str) -> Vec<Said> {
    let joined = block.replace("\\\n", " ");
    let lines = joined.lines().flat_map(|it| it.split(" && "));
    lines
        .filter_map(|line| {
            let mut words: Vec<String> = Vec::new();
            let (mut word, mut quote) = (None::<String>, None);
            for letter in line.chars() {
                match (quote, letter) {
                    (Some(end), it) if it == end => quote = None,
                    (None, '"' | '\'') => {
                        quote = Some(letter);
                        word.get_or_insert_default();
                    }
                    (None, ' ') => words.extend(word.take()),
                    (None, '#') if word.is_none() => break,
                    (_, it) => word.get_or_insert_default().push(it),
                }
            }
            assert!(quote.is_none(), "{line}");
            words.extend(word);
            let is_variable = |it: &String| {
                let name = it.split_once('=').map(|it| it.0);
                name.is_some_and(|it| it.chars().all(|it| it.is_ascii_uppercase() || it == '_'))
            };
            let n_variables = words.iter().take_while(|it| is_variable(it)).count();
            let words_after = words.split_off(n_variables);
            let variables = words;
            (!words_after.is_empty()).then_some(Said {
                variables,
                words: words_after,
            })
        })
        .collect()
}

fn command(arguments: &[String], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fact-explorer"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The words after `--` where Cargo is to run the command for authors, or the command's own.
fn arguments(words: &[String]) -> Option<&[String]> {
    match words.first()?.as_str() {
        "fact-explorer" => words.get(1..),
        "cargo" if words.get(1).is_some_and(|it| it == "run") => {
            let at = words.iter().position(|it| it == "--")?;
            words.get(at + 1..)
        }
        _ => None,
    }
}

#[test]
fn every_command_is_there_and_has_the_flags_that_are_said() {
    let makefile = fs::read_to_string("Makefile").unwrap();
    let sources: String = ["tools", "bench"]
        .iter()
        .flat_map(|it| fs::read_dir(it).unwrap().flatten())
        .filter(|it| it.path().extension().is_some_and(|it| it == "sh"))
        .map(|it| fs::read_to_string(it.path()).unwrap())
        .chain([makefile.clone()])
        .collect();
    let rust: String = files()
        .iter()
        .filter(|it| it.starts_with("src") && it.extension().is_some_and(|it| it == "rs"))
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    // Programs that aren't this project's, but for the scripts of tools/.
    let others = [
        "cargo",
        "rustup",
        "trunk",
        "git",
        "curl",
        "python3",
        "npm",
        "fonttools",
        "pyftsubset",
    ];
    let mut n_commands = 0;
    for document in documents() {
        let from = document.path.display();
        for said in document.commands.iter().flat_map(|it| said(it)) {
            n_commands += 1;
            for variable in &said.variables {
                let name = variable.split_once('=').unwrap().0;
                let is_read = sources.contains(name) || rust.contains(&format!("\"{name}\""));
                assert!(is_read, "{from}: nothing reads {name}: {said:?}");
            }
            if let Some(arguments) = arguments(&said.words) {
                // Clap reads what comes before the last word first, and refuses what it doesn't know.
                let asked = [arguments, &["--help".to_owned()]].concat();
                let output = command(&asked, Path::new("."));
                let told = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{from}: {said:?}: {told}");
                continue;
            }
            match said.words[0].as_str() {
                "make" => {
                    for word in &said.words[1..] {
                        let is_there = match word.split_once('=') {
                            Some((name, _)) => sources.contains(name),
                            None => makefile.contains(&format!("\n{word}:")),
                        };
                        assert!(is_there, "{from}: {said:?}: {word}");
                    }
                }
                script if script.starts_with("tools/") => {
                    assert!(Path::new(script).is_file(), "{from}: {said:?}");
                }
                other => assert!(others.contains(&other), "{from}: {said:?}"),
            }
        }
    }
    assert!(n_commands > 20, "{n_commands}");
}

/// A folder of its own, gone with the test, that has the datasets that texts speak of.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn commands_that_are_quick_do_what_is_said() {
    let root = env::current_dir().unwrap();
    let mut n_run = 0;
    for document in documents() {
        let from = document.path.display();
        let name = format!("fact-explorer-docs-{}-{n_run}", std::process::id());
        let folder = Folder(env::temp_dir().join(name));
        fs::create_dir_all(folder.0.join("data")).unwrap();
        for said in document.commands.iter().flat_map(|it| said(it)) {
            let Some(arguments) = arguments(&said.words) else {
                continue;
            };
            let task = arguments.first().map_or("", String::as_str);
            let on = arguments.get(1).map_or("", String::as_str);
            let place = if on.starts_with("data/") {
                &root
            } else {
                &folder.0
            };
            // A table of the reader's own isn't there.
            let can_run = match task {
                "new" | "completions" => true,
                "check" => place.join(on).exists(),
                _ => false,
            };
            if can_run {
                let output = command(arguments, place);
                let told = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{from}: {said:?}: {told}");
                n_run += 1;
            }
        }
    }
    assert!(n_run >= 4, "{n_run}");
}

#[test]
fn code_says_what_it_is_in() {
    for document in documents() {
        assert_eq!(document.n_unnamed, 0, "{}", document.path.display());
    }
}

#[test]
fn what_each_folder_is_for_is_told() {
    let told = fs::read_to_string("CONTRIBUTING.md").unwrap();
    let mut folders = BTreeSet::new();
    for file in files() {
        let parts: Vec<&str> = file.iter().map(|it| it.to_str().unwrap()).collect();
        for depth in 1..parts.len().min(3) {
            folders.insert(parts[..depth].join("/"));
        }
    }
    assert!(folders.len() > 20, "{folders:?}");
    let lost: Vec<&String> = folders
        .iter()
        .filter(|it| !told.contains(&format!("`{it}/`")))
        .collect();
    assert!(lost.is_empty(), "CONTRIBUTING.md doesn't name {lost:?}");
    // Nor does it name what is gone.
    let named = told.split('`').skip(1).step_by(2);
    for name in named.filter(|it| it.ends_with('/') && !it.contains([' ', '<', '~'])) {
        let folder = name.trim_end_matches('/');
        let is_made = ["dist", "target"].contains(&folder.split('/').next().unwrap());
        assert!(is_made || Path::new(folder).is_dir(), "there is no {name}");
    }
}

#[test]
fn what_addresses_may_say_is_written_down() {
    let written = fs::read_to_string("docs/contracts/page.md").unwrap();
    let ids = Sort::ALL.map(Sort::id).into_iter();
    for id in ids.chain(View::ALL.map(View::id)) {
        assert!(written.contains(&format!("`{id}`")), "{id}");
    }
    let pack = Pack::embedded();
    // One of each kind, so that none is said to be what it isn't.
    let all = "q=police&finding=documents-demanded&state=ca,il&as-of=2018-01-24&sort=-name&view=timeline&event=letter\
               &open=chicago-il&compare=chicago-il,oakland-ca";
    assert_eq!(encode(pack, &decode(pack, all)), all);
    for part in all.split('&') {
        let (key, _) = part.split_once('=').unwrap();
        assert!(written.contains(&format!("`{key}`")), "{key}");
    }
}
