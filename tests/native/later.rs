use fact_explorer::site::later::{FIRST, split};
use walrus::ir::{Call, CallIndirect, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    ImportKind, Module, RefType, ValType,
};

/// A program that calls `outer` by its export `main`: `outer` calls `inner`, which calls the script and `shared`, and
/// so does `main`. A text in its memory, and `shared` in its table.
fn program() -> Vec<u8> {
    let mut module = Module::default();
    let memory = module.memories.add_local(false, false, 1, None, None);
    let data = walrus::DataKind::Active {
        memory,
        offset: ConstExpr::Value(Value::I32(0)),
    };
    module.data.add(data, b"text".to_vec());
    let int = [ValType::I32];
    let told = module.types.add(&int, &[]);
    let (script, _) = module.add_import_func("./page_bg.js", "tell", told);
    let function = |module: &mut Module, name: &str, calls: &[FunctionId]| {
        let mut builder = FunctionBuilder::new(&mut module.types, &int, &int);
        builder.name(name.to_owned());
        let arg = module.locals.add(ValType::I32);
        let mut body = builder.func_body();
        body.local_get(arg);
        for it in calls {
            body.call(*it);
            if *it == script {
                body.local_get(arg);
            }
        }
        builder.finish(vec![arg], &mut module.funcs)
    };
    let shared = function(&mut module, "page::shared", &[]);
    let inner = function(&mut module, "page::inner", &[script, shared]);
    let outer = function(
        &mut module,
        "<page[0123456789abcdef]::moved::List>::outer",
        &[inner],
    );
    // What drops a list of the module isn't of it, and neither is what only sounds alike.
    let strangers = [
        "core::ptr::drop_in_place::<page[0123456789abcdef]::moved::List>",
        "page[0123456789abcdef]::moved_on::far",
        "page::moved",
    ];
    let strangers = strangers.map(|it| function(&mut module, it, &[]));
    let main = function(
        &mut module,
        "main",
        &[&[shared, outer], &strangers[..]].concat(),
    );
    module.exports.add("main", main);
    module.exports.add("memory", memory);
    let table = module.tables.add_local(false, 1, Some(1), RefType::FUNCREF);
    let active = ElementKind::Active {
        table,
        offset: ConstExpr::Value(Value::I32(0)),
    };
    let element = module
        .elements
        .add(active, ElementItems::Functions(vec![shared]));
    module.tables.get_mut(table).elem_segments.insert(element);
    module.emit_wasm()
}

/// How many calls by name, and through the table, a module has.
fn calls(module: &Module) -> (usize, usize) {
    struct Calls(usize, usize);
    impl Visitor<'_> for Calls {
        fn visit_call(&mut self, _: &Call) {
            self.0 += 1;
        }
        fn visit_call_indirect(&mut self, _: &CallIndirect) {
            self.1 += 1;
        }
    }
    let mut calls = Calls(0, 0);
    for (_, code) in module.funcs.iter_local() {
        dfs_in_order(&mut calls, code, code.entry_block());
    }
    (calls.0, calls.1)
}

#[test]
fn what_only_one_function_leads_to_moves_with_it() {
    let (first, second) = split(&program(), "moved").unwrap();
    // To read them is to check them.
    let first = Module::from_buffer(&first).unwrap();
    let second = Module::from_buffer(&second).unwrap();

    // `shared`, `main`, the strangers, and in place of `outer` what calls it through the table.
    assert_eq!(first.funcs.iter_local().count(), 6);
    assert_eq!(calls(&first), (5, 1));
    let table = first.tables.iter().next().unwrap();
    assert_eq!((table.initial, table.maximum), (2, Some(2)));
    assert_eq!(first.data.iter().count(), 1);

    // `outer` and `inner`.
    assert_eq!(second.funcs.iter_local().count(), 2);
    assert_eq!(calls(&second), (3, 0));
    assert_eq!(second.data.iter().count(), 0);
    assert_eq!(second.exports.iter().count(), 0);
    let element = second.elements.iter().next().unwrap();
    let ElementKind::Active { offset, .. } = &element.kind else {
        panic!("{element:?}")
    };
    assert!(matches!(offset, ConstExpr::Value(Value::I32(1))));
    let ElementItems::Functions(entries) = &element.items else {
        panic!("{element:?}")
    };
    assert_eq!(entries.len(), 1);
    assert!(matches!(
        second.funcs.get(entries[0]).kind,
        FunctionKind::Local(_)
    ));
}

#[test]
fn the_second_asks_the_first_alone_for_what_it_lacks() {
    let (first, second) = split(&program(), "moved").unwrap();
    let first = Module::from_buffer(&first).unwrap();
    let second = Module::from_buffer(&second).unwrap();
    let mut asked = Vec::new();
    for it in second.imports.iter() {
        assert_eq!(it.module, FIRST);
        let mut exports = first.exports.iter();
        let given = exports.find(|export| export.name == it.name).unwrap();
        asked.push(match (&it.kind, given.item) {
            (ImportKind::Function(asked), ExportItem::Function(given)) => {
                let ty = |of: &Module, id| {
                    let (params, results) = of.types.params_results(of.funcs.get(id).ty());
                    (params.to_vec(), results.to_vec())
                };
                assert_eq!(ty(&second, *asked), ty(&first, given));
                "function"
            }
            (ImportKind::Memory(_), ExportItem::Memory(_)) => "memory",
            (ImportKind::Table(_), ExportItem::Table(_)) => "table",
            other => panic!("{other:?}"),
        });
    }
    // What the script gives, and what both call; the memory isn't read.
    assert_eq!(asked, ["function", "function", "table"]);
}

#[test]
fn the_same_program_is_cut_into_the_same_bytes() {
    let program = program();
    let once = split(&program, "moved").unwrap();
    assert_eq!(once, split(&program, "moved").unwrap());
}

#[test]
fn where_nothing_would_move_it_says_so() {
    let why = split(&program(), "elsewhere").unwrap_err().to_string();
    assert_eq!(why, "the WASM calls nothing of a module “elsewhere”");
    assert!(split(b"no wasm", "moved").is_err());
}
