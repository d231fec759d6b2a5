//! Takes what comes later out of the WASM, into a second one.
//!
//! What can be reached only through the functions of modules called `moved` is moved. In their place the first WASM has
//! calls through new places of its table of functions, which the second fills once it is there: so both are one
//! program, with one memory and one stack, and whoever calls need not know. Nobody calls before that:
//! the parent module of each sees to it.
//!
//! The functions are known by the names that the linker and `wasm-opt` leave; neither WASM ships with names. The second
//! asks for all that it uses of the first, be it the first's own or what that was given by its script, under names
//! that are numbers, of a module [`FIRST`].

use std::collections::BTreeSet;
use std::io;

use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, Data, Element, ElementItems, ElementKind, Export, ExportItem, Function,
    FunctionBuilder, FunctionId, FunctionKind, GlobalKind, ImportedFunction, Module, ModuleConfig,
    TableId, passes,
};

/// What the second WASM calls the first.
pub const FIRST: &str = "p";

/// The module whose functions are those through which alone the second WASM is reached.
pub const ENTRY: &str = "moved";

/// The first WASM and the second, of one whose functions have names. The second is reached through the functions and
/// methods of the modules that are called `entry`.
///
/// # Errors
/// Where none of those is called, or the WASM isn't as the compiler writes it.
pub fn split(wasm: &[u8], entry: &str) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut first = parsed(wasm)?;
    let cut = Cut::of(&first, entry)?;
    let place = cut.leave(&mut first)?;
    let mut second = parsed(wasm)?;
    cut.take(&mut second, place)?;
    Ok((first.emit_wasm(), second.emit_wasm()))
}

/// A WASM, to be written without names. Of the same bytes the functions have the same places.
fn parsed(wasm: &[u8]) -> io::Result<Module> {
    let mut config = ModuleConfig::new();
    config
        .generate_name_section(false)
        .generate_producers_section(false);
    config.parse(wasm).map_err(io::Error::other)
}

/// Where the program is cut. Functions are told by their places in the file.
struct Cut {
    /// Those that the first calls, in the order of their places in the table.
    entries: BTreeSet<usize>,
    /// Those that stay, and that the moved ones use.
    used: BTreeSet<usize>,
}

impl Cut {
    fn of(module: &Module, entry: &str) -> io::Result<Self> {
        let called: Vec<Vec<usize>> = module.funcs.iter().map(used_by).collect();
        let calls_of = |at: usize| called.get(at).into_iter().flatten().copied();
        let roots = roots(module);
        let is_entry = |at: &usize| {
            let name = module.funcs.iter().nth(*at).and_then(|it| it.name.as_ref());
            name.is_some_and(|it| is_of(it, entry)) && !roots.contains(at)
        };

        let mut staying = BTreeSet::new();
        let mut entries = BTreeSet::new();
        let mut next: Vec<usize> = roots.iter().copied().collect();
        while let Some(at) = next.pop() {
            if staying.insert(at) {
                let (led_to, others): (Vec<_>, Vec<_>) = calls_of(at).partition(is_entry);
                entries.extend(led_to);
                next.extend(others);
            }
        }
        if entries.is_empty() {
            return Err(io::Error::other(format!(
                "the WASM calls nothing of a module “{entry}”"
            )));
        }

        let is_imported = |it: &&Function| matches!(it.kind, FunctionKind::Import(_));
        let n_imported = module.funcs.iter().take_while(is_imported).count();
        let mut moved = BTreeSet::new();
        let mut used = BTreeSet::new();
        let mut next: Vec<usize> = entries.iter().copied().collect();
        while let Some(at) = next.pop() {
            // What the script gives, it gives to the first.
            if staying.contains(&at) || at < n_imported {
                used.insert(at);
            } else if moved.insert(at) {
                next.extend(calls_of(at));
            }
        }
        Ok(Self { entries, used })
    }

    /// Leaves the module without what moves, and gives the first of the new places in its table.
    fn leave(&self, module: &mut Module) -> io::Result<i32> {
        let table = table_of_functions(module)?;
        let it = module.tables.get_mut(table);
        let first = i32::try_from(it.initial).map_err(io::Error::other)?;
        it.initial += self.entries.len() as u64;
        it.maximum = it.maximum.map(|most| most.max(it.initial));
        for (id, place) in ids(module, &self.entries).into_iter().zip(first..) {
            let ty = module.funcs.get(id).ty();
            let (params, results) = module.types.params_results(ty);
            let (params, results) = (params.to_vec(), results.to_vec());
            let args: Vec<_> = params.iter().map(|it| module.locals.add(*it)).collect();
            let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
            let mut body = builder.func_body();
            for arg in &args {
                body.local_get(*arg);
            }
            body.i32_const(place).call_indirect(ty, table);
            module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
        }
        for (number, item) in self.shared(module).into_iter().enumerate() {
            module.exports.add(&number.to_string(), item);
        }
        passes::gc::run(module);
        Ok(first)
    }

    /// Leaves nothing but what moves, which fills the table from this place on.
    fn take(&self, module: &mut Module, place: i32) -> io::Result<()> {
        let table = table_of_functions(module)?;
        module.start = None;
        for it in module.exports.iter().map(Export::id).collect::<Vec<_>>() {
            module.exports.delete(it);
        }
        for it in module.data.iter().map(Data::id).collect::<Vec<_>>() {
            module.data.delete(it);
        }
        for it in module.elements.iter().map(Element::id).collect::<Vec<_>>() {
            module.elements.delete(it);
        }
        for (number, item) in self.shared(module).into_iter().enumerate() {
            let name = number.to_string();
            match item {
                ExportItem::Function(id) => {
                    let function = module.funcs.get(id);
                    let ty = function.ty();
                    if let FunctionKind::Import(of_script) = &function.kind {
                        module.imports.delete(of_script.import);
                    }
                    let import = module.imports.add(FIRST, &name, id);
                    let imported = ImportedFunction { import, ty };
                    module.funcs.get_mut(id).kind = FunctionKind::Import(imported);
                }
                ExportItem::Memory(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    let memory = module.memories.get_mut(id);
                    memory.import = Some(import);
                    memory.data_segments.clear();
                }
                ExportItem::Table(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    let table = module.tables.get_mut(id);
                    table.import = Some(import);
                    // The first's has grown.
                    table.maximum = None;
                    table.elem_segments.clear();
                }
                ExportItem::Global(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    module.globals.get_mut(id).kind = GlobalKind::Import(import);
                }
                ExportItem::Tag(_) => {}
            }
        }
        let kind = ElementKind::Active {
            table,
            offset: ConstExpr::Value(Value::I32(place)),
        };
        let items = ElementItems::Functions(ids(module, &self.entries));
        let element = module.elements.add(kind, items);
        module.tables.get_mut(table).elem_segments.insert(element);
        passes::gc::run(module);
        Ok(())
    }

    /// What both have, in the order of the numbers that name it.
    fn shared(&self, module: &Module) -> Vec<ExportItem> {
        let functions = ids(module, &self.used)
            .into_iter()
            .map(ExportItem::Function);
        let memories = module.memories.iter().map(|it| ExportItem::Memory(it.id()));
        let tables = module.tables.iter().map(|it| ExportItem::Table(it.id()));
        let globals = module.globals.iter().map(|it| ExportItem::Global(it.id()));
        functions
            .chain(memories)
            .chain(tables)
            .chain(globals)
            .collect()
    }
}

/// Whether a function or a method is of a module, by its name: `page[0123456789abcdef]::moved::draw`,
/// `<page[0123456789abcdef]::moved::List>::draw`. What only has to do with such a type, as what drops one, isn't: it
/// may stand for others that do the same, and be called by anybody.
fn is_of(name: &str, module: &str) -> bool {
    let mut path = name.to_owned();
    while let (Some(from), Some(to)) = (path.find('['), path.find(']')) {
        if to < from {
            return false;
        }
        path.replace_range(from..=to, "");
    }
    let path = match path.strip_prefix('<') {
        Some(of_type) => of_type.replacen('>', "", 1),
        None => path,
    };
    let is_plain = |it: &str| it.chars().all(|it| it.is_alphanumeric() || it == '_');
    let mut parts = path.split("::");
    parts.clone().all(is_plain) && parts.any(|it| it == module) && parts.next().is_some()
}

/// The functions in these places.
fn ids(module: &Module, places: &BTreeSet<usize>) -> Vec<FunctionId> {
    let all = module.funcs.iter().map(Function::id).enumerate();
    all.filter_map(|(at, id)| places.contains(&at).then_some(id))
        .collect()
}

/// The places of the functions that a function calls or takes the address of.
fn used_by(function: &Function) -> Vec<usize> {
    struct Uses(Vec<usize>);
    impl Visitor<'_> for Uses {
        fn visit_function_id(&mut self, id: &FunctionId) {
            self.0.push(id.index());
        }
    }
    let mut uses = Uses(Vec::new());
    if let FunctionKind::Local(code) = &function.kind {
        dfs_in_order(&mut uses, code, code.entry_block());
    }
    uses.0
}

/// The places of the functions that are reached from elsewhere: by name, through the table, or at the start.
fn roots(module: &Module) -> BTreeSet<usize> {
    let of_export = |item: &ExportItem| match item {
        ExportItem::Function(id) => Some(id.index()),
        _ => None,
    };
    let of_value = |value: &ConstExpr| match value {
        ConstExpr::RefFunc(id) => Some(id.index()),
        _ => None,
    };
    let mut roots: BTreeSet<usize> = module.start.iter().map(FunctionId::index).collect();
    roots.extend(module.exports.iter().filter_map(|it| of_export(&it.item)));
    for element in module.elements.iter() {
        match &element.items {
            ElementItems::Functions(them) => roots.extend(them.iter().map(FunctionId::index)),
            ElementItems::Expressions(_, them) => roots.extend(them.iter().filter_map(of_value)),
        }
    }
    for global in module.globals.iter() {
        if let GlobalKind::Local(value) = &global.kind {
            roots.extend(of_value(value));
        }
    }
    roots
}

/// The table through which functions are called.
fn table_of_functions(module: &Module) -> io::Result<TableId> {
    let table = module.tables.main_function_table();
    let table = table.map_err(io::Error::other)?;
    table.ok_or_else(|| io::Error::other("the WASM has no table of functions"))
}
