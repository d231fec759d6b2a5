use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What every Debian has, and tools/setup.sh uses.
const ESSENTIAL: [&str; 15] = [
    "bash", "cat", "chmod", "cksum", "cp", "cut", "dirname", "env", "flock", "id", "mkdir", "rm",
    "sed", "tail", "touch",
];

/// What stands for programs that install others: they write down what they are asked for, and make the
/// programs that would be there then.
const STUBS: [(&str, &str); 5] = [
    (
        "apt-get",
        "echo \"apt-get $*\" >>asked; [ \"$1\" = install ] || exit 0\n\
         make() { printf '#!/bin/sh\\necho \"Liberation Sans\"\\n' >\"bin/$1\"; chmod +x \"bin/$1\"; }\n\
         for it; do case $it in \
         chromium | firefox-esr) make \"$it\" ;; chromium-driver) make chromedriver ;; \
         webkit2gtk-driver) make WebKitWebDriver ;; xvfb) make Xvfb ;; fontconfig) make fc-list ;; \
         esac; done",
    ),
    (
        "cargo",
        "echo \"cargo $*\" >>asked\n\
         case $* in *' --root '*) ;; *) exit 1 ;; esac\n\
         mkdir -p \"$4/bin\"; touch \"$4/bin/$5\" \"$4/bin/${5%-cli}\"; chmod +x \"$4\"/bin/*",
    ),
    ("npm", "echo \"npm $*\" >>asked"),
    (
        "rustc",
        "case $* in *target-libdir*) echo lib ;; *sysroot*) echo . ;; esac",
    ),
    ("sudo", "exec \"$@\""),
];

/// A folder with the programs of a bare Debian and Rust; it goes away with the test.
struct Bare(PathBuf);

impl Bare {
    fn new() -> Self {
        let folder = env::temp_dir().join(format!("fact-explorer-bare-{}", process::id()));
        let bin = folder.join("bin");
        fs::create_dir_all(&bin).unwrap();
        fs::create_dir_all(folder.join("lib/rustlib/src/rust/library")).unwrap();
        fs::write(folder.join("lib/rustlib/src/rust/library/Cargo.lock"), "").unwrap();
        for name in ESSENTIAL {
            let path = env::var_os("PATH").unwrap();
            let mut all = env::split_paths(&path).map(|it| it.join(name));
            let own = all.find(|it| it.is_file());
            symlink(own.unwrap_or_else(|| panic!("{name}")), bin.join(name)).unwrap();
        }
        for (name, does) in STUBS {
            let file = bin.join(name);
            fs::write(&file, format!("#!{}/bash\n{does}\n", bin.display())).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self(folder)
    }

    /// What the set-up for this asks others to install.
    fn set_up(&self, want: &str) -> Vec<String> {
        _ = fs::remove_file(self.0.join("asked"));
        let done = Command::new(self.0.join("bin/bash"))
            .arg(Path::new(ROOT).join("tools/setup.sh"))
            .arg(want)
            .current_dir(&self.0)
            .env_clear()
            .env("PATH", self.0.join("bin"))
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            // It lies where only a whole machine has it.
            .env("WEBKIT", "MiniBrowser")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{want}: {said}");
        let asked = fs::read_to_string(self.0.join("asked")).unwrap_or_default();
        asked.lines().map(str::to_owned).collect()
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// The value of a line of tools/versions.env.
fn version(name: &str) -> String {
    let all = fs::read_to_string(Path::new(ROOT).join("tools/versions.env")).unwrap();
    let line = all.lines().find_map(|it| it.strip_prefix(name));
    let value = line.unwrap().strip_prefix('=').unwrap();
    value.trim_matches('"').to_owned()
}

#[test]
fn a_bare_machine_is_given_every_browser_and_tool_that_tests_need_once() {
    let machine = Bare::new();
    let asked = machine.set_up("test");
    let crates = [
        ("trunk", "TRUNK_VERSION"),
        ("wasm-bindgen-cli", "WASM_BINDGEN_VERSION"),
        ("geckodriver", "GECKODRIVER_VERSION"),
        ("cargo-deny", "CARGO_DENY_VERSION"),
    ];
    for (name, of) in crates {
        let words = format!(" {name} --version {}", version(of));
        let n = asked.iter().filter(|it| it.contains(&words)).count();
        assert_eq!(n, 1, "{name}: {asked:#?}");
    }
    let kinds = ["BROWSER", "FIREFOX", "WEBKIT", "DISPLAY", "FONT"];
    for kind in kinds {
        for package in version(&format!("DEBIAN_{kind}_PACKAGES")).split(' ') {
            let is = |it: &&String| {
                it.starts_with("apt-get install") && it.split(' ').any(|it| it == package)
            };
            assert_eq!(asked.iter().filter(is).count(), 1, "{package}: {asked:#?}");
        }
    }
    let npm = asked.iter().filter(|it| it.starts_with("npm ")).count();
    assert_eq!(npm, 1, "{asked:#?}");
    // All is there.
    for want in ["test", "build"] {
        assert_eq!(machine.set_up(want), [""; 0], "{want}");
    }
}

#[test]
fn trunk_is_told_to_ignore_only_what_a_fresh_clone_has() {
    let text = fs::read_to_string(Path::new(ROOT).join("Trunk.toml")).unwrap();
    let settings: toml::Table = text.parse().unwrap();
    let ignored = settings["watch"]["ignore"].as_array().unwrap();
    assert!(!ignored.is_empty());
    for folder in ignored {
        let folder = folder.as_str().unwrap();
        let git = Command::new("git")
            .args(["ls-files", "--", folder])
            .current_dir(ROOT)
            .output()
            .unwrap();
        assert!(git.status.success(), "this needs a clone: {git:?}");
        // Trunk stops at a folder that isn't there.
        assert!(!git.stdout.is_empty(), "{folder}");
    }
}
