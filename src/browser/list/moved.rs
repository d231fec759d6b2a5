//! The list itself. A page with a long list fetches this part of the program before it is live; no other page needs it.
//! See `src/view/later.rs`.

use std::mem::{replace, take};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::query::View;
use crate::query::blocks::{BLOCK, Blocks, Place};
use crate::view::card::{Asked, Nth};
use crate::view::long::{ALL, LONG, PAST, PRINTED, entry};
use crate::view::table::long_table;

use super::super::cards::row_of;
use super::super::history::within;
use super::super::page::Page;
use super::super::place::{anchors, screen, top_of};
use super::super::{cards, document, elements, place, record, set, target, window};
use super::with;

/// What a block of cards is taken to be high before any was measured.
const GUESS: f64 = 1200.0;

/// A screen higher than this, in pixels, is that of a frame as high as the page in it.
const HIGH: f64 = 20_000.0;

/// How often a list is laid out at once until what is near is there. Where heights are far from what
/// they were taken to be, it takes a second time, or a third.
const TRIES: usize = 4;

/// Why a list is drawn.
#[derive(Clone, Copy, PartialEq)]
pub enum Why {
    /// What it shows may be another.
    Answered,
    /// Texts have come: what is looked at stays where it is, though what is above may be higher now.
    Arrived,
    /// The reader moved.
    Moved,
    /// The entry at a place is to be at this height of the screen.
    Sought(usize, f64),
}

/// What of a list is in the page.
#[derive(Clone, Copy, PartialEq)]
enum Whole {
    /// What is near.
    No,
    /// All, since the reader wants it so.
    Asked,
    /// All, while it is printed.
    Printed,
}

/// A long list.
pub struct List {
    page: Page,
    /// Those shown, by their numbers.
    rows: Vec<u32>,
    in_table: bool,
    /// The table's markup, without rows.
    table: String,
    blocks: Blocks,
    /// Those in the page, in order.
    drawn: Vec<Block>,
    /// What follows the last of them.
    last_gap: Option<HtmlElement>,
    width: f64,
    /// The place of an entry, and its height on the screen, that the reader went back to or that a link
    /// led to, while texts around it have still to come.
    pub sought: Option<(usize, f64)>,
    whole: Whole,
    /// Whether it ends after [`LONG`], since all of it is near: in an embed, which hides what is beyond its first
    /// cards, and in a frame that was made as high as the page in it.
    is_short: bool,
}

struct Block {
    number: usize,
    gap: HtmlElement,
    element: HtmlElement,
    /// The numbers of its subjects, and the markup of their entries.
    entries: Vec<(u32, String)>,
}

/// Whole pixels, which are exact enough, and need no writing of fractions.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height on a screen, and one too large is the largest"
)]
fn pixels(length: f64) -> String {
    (length.max(0.0) as u32).to_string()
}

fn set_height(gap: &HtmlElement, height: f64) {
    let height = [&pixels(height), "px"].concat();
    _ = gap.style().set_property("height", &height);
}

// What is called from outside isn't inlined there: it is to be here.
impl List {
    /// The list as the page was written, that of an embed or not.
    #[inline(never)]
    pub fn of_page(page: Page, is_embed: bool) -> Self {
        let mut list = Self {
            page,
            rows: Vec::new(),
            in_table: false,
            table: String::new(),
            blocks: Blocks::new(0, GUESS),
            drawn: Vec::new(),
            last_gap: None,
            width: 0.0,
            sought: None,
            whole: Whole::No,
            is_short: is_embed,
        };
        list.adopt();
        list
    }

    /// Draws what is around a subject's entry, if it isn't there.
    #[inline(never)]
    pub fn bring(&mut self, row: usize) {
        self.draw(Why::Answered);
        if let Some(at) = self.place_of(row)
            && self.entry(at).is_none()
        {
            // Texts that come to those around it may move it.
            self.sought = Some((at, 0.0));
            self.draw(Why::Sought(at, 0.0));
        }
    }

    /// The first entry on the screen and its height there, as a text; none where the list's own beginning
    /// is in sight.
    #[inline(never)]
    pub fn place(&self) -> Option<String> {
        let (at, top) = self.first_in_sight()?;
        let row = *self.rows.get(at)?;
        let above = self.container()?.get_bounding_client_rect().top() < 0.0;
        let pixels = if top < 0.0 {
            ["-", &pixels(-top)].concat()
        } else {
            pixels(top)
        };
        above.then(|| [&row.to_string(), ",", &pixels].concat())
    }

    /// Goes to where [`Self::place`] was asked for.
    #[inline(never)]
    pub fn return_to(&mut self, place: &str) {
        let place = place.split_once(',');
        let place =
            place.and_then(|(row, top)| Some((row.parse().ok()?, top.parse::<i32>().ok()?)));
        let Some((row, top)) = place else { return };
        let top = f64::from(top);
        self.draw(Why::Answered);
        if let Some(at) = self.place_of(row) {
            self.sought = Some((at, top));
            self.draw(Why::Sought(at, top));
        }
    }

    /// Has all of it in the page, or not any more.
    #[inline(never)]
    pub fn show_all_or_not(&mut self) {
        self.whole = match self.whole {
            Whole::Asked => Whole::No,
            _ => Whole::Asked,
        };
        self.draw(Why::Answered);
    }

    /// Has all of it in the page while it is printed, if it isn't too much.
    #[inline(never)]
    pub fn print(&mut self, is_printing: bool) {
        self.whole = match self.whole {
            Whole::No if is_printing && self.is_printable() => Whole::Printed,
            Whole::Printed if !is_printing => Whole::No,
            whole => whole,
        };
        self.draw(Why::Answered);
    }

    /// The entry so many after another's, drawn if it isn't there.
    #[inline(never)]
    pub fn step(&mut self, row: usize, by: usize) -> Option<Element> {
        let at = self.place_of(row)?.wrapping_add(by);
        // Before the first, and after the last.
        self.rows.get(at)?;
        if self.entry(at).is_none() {
            self.draw(Why::Sought(at, 0.0));
        }
        self.entry(at)
    }

    /// Takes over the entries that the page was written with.
    fn adopt(&mut self) {
        let Some(container) = self.container() else {
            return;
        };
        self.rows = self.shown();
        self.blocks = Blocks::new(self.rows.len(), GUESS);
        let nodes = container.children_of();
        for (number, element) in nodes.into_iter().enumerate() {
            let (Some(gap), entries) = (self.new_element(true), self.entries(number)) else {
                return;
            };
            _ = element.before_with_node_1(&gap);
            self.drawn.push(Block {
                number,
                gap,
                element,
                entries,
            });
        }
    }

    fn shown(&self) -> Vec<u32> {
        let answer = &self.page.now().answer;
        let most = if self.is_short { LONG } else { usize::MAX };
        let rows = answer.shown().take(most);
        rows.filter_map(|it| u32::try_from(it).ok()).collect()
    }

    /// Whether a print may have all of it: it isn't much, and is there.
    fn is_printable(&self) -> bool {
        let mut rows = self.rows.iter();
        self.rows.len() <= PRINTED && rows.all(|it| self.page.pack.has_texts(*it as usize))
    }

    fn container(&self) -> Option<Element> {
        let selector = if self.in_table {
            ".table--long"
        } else {
            ".long"
        };
        elements(selector).pop()
    }

    fn place_of(&self, row: usize) -> Option<usize> {
        self.rows.iter().position(|it| *it as usize == row)
    }

    /// The entry at a place, where it is drawn.
    fn entry(&self, at: usize) -> Option<Element> {
        let block = self.drawn.iter().find(|it| it.number == at / BLOCK)?;
        let mut entries = block.element.children_of().into_iter();
        entries.nth(at % BLOCK).map(Into::into)
    }

    /// The place of the first entry on the screen, and its height there.
    fn first_in_sight(&self) -> Option<(usize, f64)> {
        let screen = screen();
        let in_sight = |it: &HtmlElement| {
            let place = it.get_bounding_client_rect();
            (place.bottom() > 0.0 && place.top() < screen).then(|| place.top())
        };
        let mut blocks = self
            .drawn
            .iter()
            .filter(|it| in_sight(&it.element).is_some());
        let block = blocks.next()?;
        let mut entries = block.element.children_of().into_iter().enumerate();
        entries.find_map(|(at, it)| Some((block.number * BLOCK + at, in_sight(&it)?)))
    }

    /// A block, or a gap.
    fn new_element(&self, is_gap: bool) -> Option<HtmlElement> {
        let tag = if self.in_table { "tbody" } else { "div" };
        let element = document()?.create_element(tag).ok()?;
        match (is_gap, self.in_table) {
            (true, _) => _ = element.set_attribute("role", "none"),
            (false, true) => _ = element.set_attribute("role", "rowgroup"),
            (false, false) => element.set_class_name("cards"),
        }
        Some(element.unchecked_into())
    }

    /// What a block has in it.
    fn entries(&self, number: usize) -> Vec<(u32, String)> {
        let now = self.page.now();
        let asked = Asked {
            selection: &now.selection,
            answer: &now.answer,
            before: now.before(),
        };
        // How many there are stands beside what is compared (see [`Self::fill`]): a card that only has more or fewer
        // others around it isn't made anew, and keeps what it has in it.
        let of = 0;
        let first = number * BLOCK;
        let rows = self.rows.iter().skip(first).take(BLOCK);
        rows.zip(first + 1..)
            .filter_map(|(row, nth)| {
                let subject = now.pack.subject(*row as usize)?;
                let markup = entry(asked, subject, Nth { nth, of }, self.in_table);
                Some((*row, markup.into_string()))
            })
            .collect()
    }

    /// Has a block show what it should.
    fn fill(&self, block: &mut Block) {
        block.become_of(self.entries(block.number));
        // A table says it of itself.
        if !self.in_table {
            let of = self.rows.len().to_string();
            for it in block.element.children_of() {
                set(&it, "aria-setsize", &of);
            }
        }
    }

    /// Empties the list.
    fn clear(&mut self) {
        for block in take(&mut self.drawn) {
            block.gap.remove();
            block.element.remove();
        }
        if let Some(gap) = self.last_gap.take() {
            gap.remove();
        }
    }

    /// Has it as it should be.
    #[inline(never)]
    pub fn draw(&mut self, why: Why) {
        // No browser keeps in its place what was brought there only now.
        let next = match (why, self.sought) {
            (Why::Sought(..), _) => why,
            (Why::Arrived, Some((at, line))) => Why::Sought(at, line),
            _ => Why::Moved,
        };
        let mut why = why;
        for _ in 0..TRIES {
            if self.draw_once(why) != Some(true) {
                break;
            }
            why = next;
        }
    }

    /// Has the table as it should be, without its rows where that is another one than before.
    fn draw_table(&mut self) {
        let Some(host) = elements(".long__table").pop() else {
            return;
        };
        let now = self.page.now();
        let table = long_table(now.pack, &now.selection, &now.answer).into_string();
        if replace(&mut self.table, table) != self.table || self.container().is_none() {
            let focused = place::focused();
            self.clear();
            host.set_inner_html(&self.table);
            place::refocus(focused);
        }
    }

    /// Gives the gaps the heights of what is missing in them.
    fn set_gaps(&self) {
        let mut end = 0;
        for it in &self.drawn {
            set_height(&it.gap, self.blocks.gap(end..it.number));
            end = it.number + 1;
        }
        if let Some(gap) = &self.last_gap {
            set_height(gap, self.blocks.gap(end..self.blocks.len()));
        }
    }

    /// Puts what is near into the page, and takes the rest out. Whether it should be looked at again,
    /// since something turned out to have another height.
    fn draw_once(&mut self, why: Why) -> Option<bool> {
        let view = self.page.now().selection.view;
        let in_table = view == View::Table;
        if !in_table && view != View::Cards {
            return None;
        }
        let mut is_other = in_table != self.in_table;
        if is_other {
            self.clear();
            self.in_table = in_table;
        }
        let screen = screen();
        // Not taken back: the frame of a list that ends is made lower.
        let shortens = screen > HIGH && !self.is_short;
        self.is_short |= shortens;
        let is_answer = matches!(why, Why::Answered | Why::Arrived) || shortens;
        if is_answer {
            let rows = self.shown();
            is_other |= rows != self.rows;
            self.rows = rows;
            if self.rows.len() > ALL {
                self.whole = Whole::No;
            }
        }
        if in_table {
            self.draw_table();
        }
        let container = self.container()?;
        let area = container.get_bounding_client_rect();
        if area.width() == 0.0 {
            return None;
        }
        if is_other || (area.width() - self.width).abs() > 0.5 {
            self.width = area.width();
            self.blocks = Blocks::new(self.rows.len(), self.blocks.guess());
        }
        let in_sight = self.first_in_sight().filter(|_| !is_other);
        let mut jump = None;
        let sought = match why {
            Why::Sought(at, line) => Some((at, line)),
            Why::Arrived => self.sought,
            Why::Answered | Why::Moved => None,
        };
        let (block, top) = match (sought, in_sight) {
            (Some((at, line)), _) => (at / BLOCK, line),
            (_, Some((at, _))) => {
                let block = at / BLOCK;
                let drawn = self.drawn.iter().find(|it| it.number == block)?;
                (block, drawn.element.get_bounding_client_rect().top())
            }
            _ if area.top() >= 0.0 => (0, area.top()),
            _ => {
                let place = self.blocks.at(-area.top(), screen);
                jump = Some(place);
                let above = place.part * self.blocks.height(place.block);
                (place.block, place.line - above)
            }
        };
        let all = self.whole != Whole::No;
        let near = if all || self.is_short {
            0..self.blocks.len()
        } else {
            self.blocks.near(block, top, -screen, screen * 2.0)
        };
        let focused = place::focused();
        let has_focus = |it: &Block| it.element.contains(focused.as_deref());
        let with_focus = self.drawn.iter().find(|it| has_focus(it));
        let with_focus = with_focus.map(|it| it.number);
        let with_focus = with_focus.filter(|it| !near.contains(it) && *it < self.blocks.len());
        let mut wanted: Vec<usize> = near.chain(with_focus).collect();
        wanted.sort_unstable();
        let is_new = self.put(&container, &wanted, is_answer);
        _ = container.class_list().toggle_with_force("long--all", all);
        // Before anything is measured: a page that is shorter for a moment is scrolled to its end.
        self.set_gaps();
        if !all {
            for it in &self.drawn {
                let height = it.element.get_bounding_client_rect().height();
                self.blocks.measure(it.number, height);
            }
        }
        self.set_gaps();
        // What should be where it was, or where it was sought.
        let kept = sought.or(match why {
            Why::Moved if !anchors() => in_sight,
            Why::Arrived => in_sight,
            _ => None,
        });
        if is_new || is_answer {
            self.mark();
            place::refocus(focused);
            if self.page.now().wanted.is_empty() {
                self.sought = None;
            }
        }
        // Last, since a card that was opened has moved to a row of its own.
        self.keep(kept, jump.filter(|_| why == Why::Moved));
        Some(is_new && !all)
    }

    /// Scrolls so that an entry is at its height on the screen, or else a place of a block where it
    /// should be.
    fn keep(&self, kept: Option<(usize, f64)>, jump: Option<Place>) {
        let off = match (kept, jump) {
            (Some((at, line)), _) => self.entry(at).map(|it| top_of(&it) - line),
            (None, Some(place)) => {
                let mut drawn = self.drawn.iter();
                drawn.find(|it| it.number == place.block).map(|it| {
                    let above = place.part * self.blocks.height(place.block);
                    top_of(&it.element) + above - place.line
                })
            }
            (None, None) => None,
        };
        if let (Some(off), Some(window)) = (off.filter(|it| it.abs() > 0.5), window()) {
            window.scroll_by_with_x_and_y(0.0, off);
        }
    }

    /// Has these blocks in the page, and no others. Whether any is new.
    fn put(&mut self, container: &Element, wanted: &[usize], is_answer: bool) -> bool {
        let mut before = container.query_selector("thead").ok().flatten();
        let mut old = take(&mut self.drawn);
        old.retain(|it| {
            let stays = wanted.contains(&it.number);
            if !stays {
                it.gap.remove();
                it.element.remove();
            }
            stays
        });
        let mut old = old.into_iter().peekable();
        let mut is_new = false;
        for number in wanted {
            let block = match old.next_if(|it| it.number == *number) {
                Some(mut block) if is_answer => {
                    self.fill(&mut block);
                    block
                }
                Some(block) => block,
                None => {
                    let gap = self.new_element(true);
                    let (Some(gap), Some(element)) = (gap, self.new_element(false)) else {
                        continue;
                    };
                    let mut block = Block {
                        number: *number,
                        gap,
                        element,
                        entries: Vec::new(),
                    };
                    self.fill(&mut block);
                    insert(container, before.as_ref(), &block.gap);
                    insert(container, Some(&block.gap), &block.element);
                    is_new = true;
                    block
                }
            };
            before = Some(block.element.clone().into());
            self.drawn.push(block);
        }
        if self.last_gap.is_none() {
            self.last_gap = self.new_element(true);
            if let Some(gap) = &self.last_gap {
                _ = container.append_child(gap);
            }
        }
        is_new
    }

    /// Shows what the reader has done to the list and its entries, and tells what is missing.
    fn mark(&self) {
        let (page, now) = (self.page, self.page.now());
        for it in elements("#show-all") {
            let asked = self.whole == Whole::Asked;
            let pressed = if asked { "true" } else { "false" };
            _ = it.set_attribute("aria-pressed", pressed);
        }
        cards::mark(&now.selection);
        // A card that was made anew has lost its record.
        let open = now.selection.open;
        if let Some(subject) = open.and_then(|it| now.pack.subject(it))
            // What couldn't be had isn't asked for again with each block.
            && elements(&within(subject, record::NOTE)).is_empty()
        {
            record::bring(page, subject);
        }
        let drawn = self.drawn.iter().flat_map(|it| &it.entries);
        let rows = drawn.map(|it| it.0 as usize);
        let wanted: Vec<usize> = rows.filter(|it| !now.pack.has_texts(*it)).collect();
        if now.wanted != wanted {
            page.update(|it| it.wanted = wanted);
        }
    }
}

impl Block {
    /// Has these entries. Those that stay the same aren't touched.
    fn become_of(&mut self, entries: Vec<(u32, String)>) {
        let nodes = self.element.children_of();
        if nodes.len() == entries.len() {
            let old = self.entries.iter();
            for ((node, old), new) in nodes.iter().zip(old).zip(&entries) {
                if old != new {
                    node.set_outer_html(&new.1);
                }
            }
        } else {
            let markup: String = entries.iter().map(|it| it.1.as_str()).collect();
            self.element.set_inner_html(&markup);
        }
        self.entries = entries;
    }
}

/// Where the list gets its elements from.
trait Children {
    fn children_of(&self) -> Vec<HtmlElement>;
}

impl Children for Element {
    fn children_of(&self) -> Vec<HtmlElement> {
        // Its markup has nothing between them.
        let nodes = self.child_nodes();
        (0..nodes.length())
            .filter_map(|it| Some(nodes.get(it)?.unchecked_into()))
            .collect()
    }
}

fn insert(container: &Element, before: Option<&Element>, element: &HtmlElement) {
    _ = match before {
        Some(before) => before.after_with_node_1(element),
        None => container.prepend_with_node_1(element),
    };
}

/// Follows what a reader does to the list.
#[inline(never)]
pub fn does(event: &Event) {
    _ = done(event);
}

fn done(event: &Event) -> Option<()> {
    let target = target(event)?;
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    let Some(press) = event.dyn_ref::<KeyboardEvent>() else {
        closest("[data-do=all]")?;
        with(List::show_all_or_not);
        return Some(());
    };
    let row = row_of(&closest(".long [data-row]")?)?;
    // With others they are the browser's.
    if press.shift_key() || press.alt_key() || press.meta_key() {
        return None;
    }
    match press.key().as_str() {
        "PageDown" if !press.ctrl_key() => step(row, 1)?,
        "PageUp" if !press.ctrl_key() => step(row, usize::MAX)?,
        "End" if press.ctrl_key() => leave(&["#", PAST].concat()),
        "Home" if press.ctrl_key() => leave("[role=status]"),
        _ => return None,
    }
    event.prevent_default();
    Some(())
}

/// Moves the focus from one card to another, as feeds do.
fn step(row: usize, by: usize) -> Option<()> {
    let entry = with(|it| it.step(row, by))?;
    entry.scroll_into_view();
    place::focus_on(entry);
    Some(())
}

fn leave(selector: &str) {
    for it in elements(selector) {
        it.scroll_into_view();
        place::focus_on(it);
    }
}
