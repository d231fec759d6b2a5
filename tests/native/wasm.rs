use fact_explorer::site::engine::OPTIMIZE;
use fact_explorer::site::wasm::shorten;

const SCRIPT: &str = r#"
const imports = { "./some_bg.js": {
    __wbg_first_0123456789abcdef: function(memory) { return memory.__wbg_first; },
    __wbg_second_0123456789abcdef: function() { return wasm.other(new X(wasm.memory)); },
} };
"#;

/// A module with two imports and two exports, a section that only tools read, and one of code.
fn module(second: &str) -> Vec<u8> {
    let text = |it: &str| [&[u8::try_from(it.len()).unwrap()], it.as_bytes()].concat();
    let section = |kind: u8, body: &[u8]| {
        // The length in two bytes, as LEB128 allows.
        let length = u16::try_from(body.len()).unwrap();
        let low = u8::try_from(length & 0x7f).unwrap() | 0x80;
        [&[kind, low, u8::try_from(length >> 7).unwrap()], body].concat()
    };
    let import = |name: &str, kind: u8| [text("./some_bg.js"), text(name), vec![0, kind]].concat();
    let imports = [
        vec![2],
        import("__wbg_first_0123456789abcdef", 1),
        import(second, 3),
    ];
    let exports = [
        vec![2],
        text("memory"),
        vec![2, 0],
        text("other"),
        vec![0, 2],
    ];
    [
        b"\0asm\x01\0\0\0".to_vec(),
        section(0, &[text("producers"), vec![1, 2, 3]].concat()),
        section(2, &imports.concat()),
        section(7, &exports.concat()),
        section(10, &[9; 200]),
    ]
    .concat()
}

#[test]
fn both_files_have_the_same_short_names() {
    let (wasm, script) = shorten(&module("__wbg_second_0123456789abcdef"), SCRIPT).unwrap();
    let expected = [
        &b"\0asm\x01\0\0\0"[..],
        &[2, 13, 2, 1, b'a', 1, b'a', 0, 1, 1, b'a', 1, b'b', 0, 3],
        &[7, 9, 2, 1, b'a', 2, 0, 1, b'b', 0, 2],
        &[10, 200, 1],
        &[9; 200],
    ];
    assert_eq!(wasm, expected.concat());
    assert_eq!(
        script,
        r"
const imports = { a: {
    a: function(memory) { return memory.__wbg_first; },
    b: function() { return wasm.b(new X(wasm.a)); },
} };
"
    );
}

#[test]
fn a_script_of_another_module_is_refused() {
    let missing = shorten(&module("__wbg_third_0123456789abcdef"), SCRIPT);
    assert!(missing.unwrap_err().to_string().contains("other names"));
    let whole = module("__wbg_second_0123456789abcdef");
    let elsewhere = SCRIPT.replace("./some_bg.js", "./another_bg.js");
    let problem = shorten(&whole, &elsewhere).unwrap_err();
    assert!(problem.to_string().contains("another script"));
    for end in [4, 9, 40, 100, whole.len() - 1] {
        assert!(shorten(&whole[..end], SCRIPT).is_err(), "cut at {end}");
    }
}

#[test]
fn parts_are_optimized_as_the_whole_was() {
    let page = include_str!("../../index.html");
    let (_, whole) = page.split_once("data-wasm-opt-params=\"").unwrap();
    let whole: Vec<&str> = whole.split('"').next().unwrap().split(' ').collect();
    for it in OPTIMIZE {
        assert!(whole.contains(&it), "{it} isn't in index.html");
    }
    // What the whole may use of WASM, and what is never put into what calls it, holds for its parts, too.
    for it in whole {
        let shared = [
            "--enable-",
            "--low-memory",
            "--always-inline",
            "--one-caller",
        ];
        if shared.iter().any(|start| it.starts_with(start)) {
            assert!(OPTIMIZE.contains(&it), "{it} isn't in src/site/engine.rs");
        }
    }
}
