//! Which browsers the tests run in, what differs between them, and which tests every run has.
//!
//! Nothing here needs a browser: tests/native/engines.rs reads it too, beside docs/engines.md.

use std::env;

/// A browser engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// `WebKitGTK`'s `MiniBrowser`, by `WebKitWebDriver`: the nearest to Safari that runs on Linux.
    WebKit,
}

impl Engine {
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// What `BROWSER` calls it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// What a reader calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    /// The one that the variable `BROWSER` names, or Chromium.
    pub fn chosen() -> Self {
        let Ok(id) = env::var("BROWSER") else {
            return Self::Chromium;
        };
        let ids = Self::ALL.map(Self::id).join(", ");
        let of_this_name = Self::ALL.into_iter().find(|it| it.id() == id);
        of_this_name.unwrap_or_else(|| panic!("BROWSER is {id}; it is one of {ids}"))
    }
}

/// What differs in an engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A test doesn't run; its name, with its file's.
    Test(&'static str),
    /// Tests run, but this is checked in another way, or not at all.
    Part(&'static str),
}

/// A difference from Chromium, in which everything runs.
pub struct Difference {
    pub engine: Engine,
    pub what: What,
    /// A sentence.
    pub why: &'static str,
}

const fn test(engine: Engine, name: &'static str, why: &'static str) -> Difference {
    let what = What::Test(name);
    Difference { engine, what, why }
}

const fn part(engine: Engine, what: &'static str, why: &'static str) -> Difference {
    let what = What::Part(what);
    Difference { engine, what, why }
}

use Engine::{Firefox, WebKit};

/// Safari 26.5 has this fault; a `WebKit` of after June 2026 hasn't.
const SANDBOXED: &str = "In a frame without an origin the policy's `'self'` stands for nothing there, so that \
    scripts and styles of the site's own are refused: \
    [WebKit's bug 316847](https://bugs.webkit.org/show_bug.cgi?id=316847), a fault mended in June 2026.";

/// All of them.
pub const DIFFERENCES: &[Difference] = &[
    test(
        Firefox,
        "first_view::nothing_shifts_while_the_page_arrives_and_becomes_live",
        "It doesn't report layout shifts, nor does its driver slow the network down.",
    ),
    test(
        WebKit,
        "first_view::nothing_shifts_while_the_page_arrives_and_becomes_live",
        "It doesn't report layout shifts, nor does its driver slow the network down.",
    ),
    test(
        Firefox,
        "embed::the_heights_that_ship_are_as_measured",
        "The heights are Chromium's; others lay text out some pixels higher or lower.",
    ),
    test(
        WebKit,
        "embed::the_heights_that_ship_are_as_measured",
        "The heights are Chromium's; others lay text out some pixels higher or lower.",
    ),
    test(
        WebKit,
        "frame::a_sandboxed_frame_is_live_and_followed",
        SANDBOXED,
    ),
    test(
        WebKit,
        "frame::a_sandboxed_frame_of_a_site_that_does_not_share_can_be_read",
        SANDBOXED,
    ),
    part(
        WebKit,
        "frames with `sandbox=\"allow-scripts\"`, in other tests",
        SANDBOXED,
    ),
    test(
        Firefox,
        "bad_days::where_storage_is_full_nothing_is_kept_and_the_page_is_live",
        "Its driver can't make its storage small.",
    ),
    test(
        WebKit,
        "bad_days::where_storage_is_full_nothing_is_kept_and_the_page_is_live",
        "Its driver can't make its storage small.",
    ),
    test(
        Firefox,
        "bad_days::whatever_a_reader_does_and_however_long_nothing_grows",
        "Its driver doesn't tell what a page takes of its memory.",
    ),
    test(
        WebKit,
        "bad_days::whatever_a_reader_does_and_however_long_nothing_grows",
        "Its driver doesn't tell what a page takes of its memory.",
    ),
    test(
        Firefox,
        "tree::what_assistive_technology_is_given_is_as_recorded",
        "Its driver gives no tree.",
    ),
    test(
        WebKit,
        "tree::what_assistive_technology_is_given_is_as_recorded",
        "Its driver gives no tree.",
    ),
    test(
        Firefox,
        "keyboard::the_tab_key_goes_through_the_whole_page_in_order",
        "The stops are recorded by the roles that Chromium has for them.",
    ),
    test(
        WebKit,
        "keyboard::the_tab_key_goes_through_the_whole_page_in_order",
        "The stops are recorded by the roles that Chromium has for them.",
    ),
    test(
        Firefox,
        "enlarged::nothing_is_lost_with_letters_twice_as_large",
        "Its driver can't set the size of letters.",
    ),
    test(
        WebKit,
        "enlarged::nothing_is_lost_with_letters_twice_as_large",
        "Its driver can't set the size of letters.",
    ),
    part(
        Firefox,
        "dark and forced colours, where axe looks at all three",
        "Its driver can't set them while a page is open: in light ones.",
    ),
    part(
        WebKit,
        "dark and forced colours, where axe looks at all three",
        "Its driver can't set them while a page is open: in light ones.",
    ),
    part(
        Firefox,
        "that nothing shifts, in other tests",
        "It doesn't report layout shifts.",
    ),
    part(
        WebKit,
        "that nothing shifts, in other tests",
        "It doesn't report layout shifts.",
    ),
    part(
        Firefox,
        "the console",
        "Its driver tells what scripts say, errors that no script catches and what a policy refuses, not what else \
         the browser reports, nor in which file a script can't be read.",
    ),
    part(
        Firefox,
        "the console, of an icon whose page is left while it is on its way",
        "It says that the service worker failed, whatever the worker answers, with the bytes at hand too; never on \
         a page that stays.",
    ),
    part(
        WebKit,
        "the console",
        "Its driver tells nothing: a script that the test server sends first listens for what scripts say, errors \
         that no script catches, and what a policy refuses; a page from a folder or of another site is listened to \
         from when it is loaded, and one that its own link left is not.",
    ),
    part(
        Firefox,
        "which cards, rows and columns are in the accessibility tree",
        "Its driver gives no tree: what can be seen and isn't hidden from assistive technology, by role and name.",
    ),
    part(
        WebKit,
        "which cards, rows and columns are in the accessibility tree",
        "Its driver gives no tree: what can be seen and isn't hidden from assistive technology, by role and name.",
    ),
    part(
        Firefox,
        "the roles of a date field and of what opens details",
        "It has none of ARIA's for them.",
    ),
    part(
        WebKit,
        "the roles of a date field, of what opens details and of a menu",
        "It has none of ARIA's for the first two, or another.",
    ),
    part(
        Firefox,
        "a device that is set to save data",
        "Pages can't ask for that here: a script answers in the browser's place.",
    ),
    part(
        WebKit,
        "a device that is set to save data",
        "Pages can't ask for that here: a script answers in the browser's place.",
    ),
    part(
        Firefox,
        "the page on paper",
        "Its driver can't show it: the rules for paper are made those for the screen.",
    ),
    part(
        WebKit,
        "the page on paper",
        "Its driver can't show it: the rules for paper are made those for the screen.",
    ),
    part(
        Firefox,
        "that what has the focus is seen whole",
        "It scrolls to nothing of which a part is on the screen: a part suffices.",
    ),
    part(
        WebKit,
        "where a reader is on a page that it kept whole",
        "It brings what has the focus onto the screen again: there nothing has it when the page is left.",
    ),
    part(
        Firefox,
        "how what has the focus looks in a dialog, the second time around",
        "It comes back from its own bar without making the page active again.",
    ),
    part(
        Firefox,
        "going to something above by the Tab key",
        "By Shift and Tab: it comes back from its own bar without making the page active again.",
    ),
    part(
        WebKit,
        "that a text field with the focus is seen whole, with nothing over it",
        "It scrolls to the caret alone, and not by the room that the page asks for around it.",
    ),
    part(
        WebKit,
        "the names of rows and columns",
        "Its driver gives none: their text.",
    ),
    part(
        WebKit,
        "typing a date",
        "A part that is full doesn't lead to the next: the arrow key does.",
    ),
    part(
        WebKit,
        "pressing what is at the edge of a dialog",
        "It is scrolled to first: its driver takes for seen what a dialog that scrolls cuts off.",
    ),
    part(WebKit, "320 pixels", "No window is narrower than 334."),
    part(
        WebKit,
        "the arrow keys at the end of a group of choices",
        "They stop there, and don't go from the last to the first.",
    ),
    test(
        WebKit,
        "bad_days::whatever_an_entry_of_the_history_has_the_page_goes_on",
        "It lets nobody write to the history more than a hundred times in ten seconds.",
    ),
    part(
        WebKit,
        "the digest of the script beside the WebAssembly",
        "It has no integrity for modules that are imported: only the WebAssembly's is compared.",
    ),
    part(
        Firefox,
        "pressing a mark on the map",
        "Its driver can't scroll to a link in a picture: a script presses it.",
    ),
    part(
        WebKit,
        "pressing a mark on the map",
        "Its driver can't scroll to a link in a picture: a script presses it.",
    ),
    part(
        WebKit,
        "what was copied",
        "Its driver can't read it: it is pasted, and then all lines end alike.",
    ),
];

/// Why a test doesn't run in an engine.
pub fn skipped(engine: Engine, name: &str) -> Option<&'static str> {
    let is = |it: &&Difference| {
        it.engine == engine && matches!(it.what, What::Test(test) if test == name)
    };
    DIFFERENCES.iter().find(is).map(|it| it.why)
}

/// What readers do first: `make test` runs these in every engine.
pub const CORE: &[&str] = &[
    "accessibility::axe_finds_nothing_to_mend_without_scripts",
    "address::a_shared_link_opens_the_same_view",
    "address::back_and_forward_step_through_what_was_chosen",
    "as_of::any_day_can_be_typed",
    "as_of::the_snapshots_and_the_steps_between_them",
    "compare::the_first_comparison_leaves_what_is_read_where_it_is",
    "compare::two_subjects_stand_side_by_side_with_differences_marked",
    "element::an_element_is_live_and_leaves_its_host_alone",
    "embed::axe_finds_nothing_in_the_dialog",
    "filters::on_a_phone_the_filters_are_a_sheet",
    "filters::the_space_bar_chooses_and_the_focus_stays",
    "filters::values_of_a_facet_add_up_and_facets_narrow_each_other",
    "first_view::becoming_live_changes_nothing_that_was_painted",
    "first_view::nothing_is_asked_of_any_other_host",
    "first_view::the_october_2017_letters_come_first",
    "frame::a_frame_whose_end_nobody_sees_is_put_right_at_once",
    "frame::a_plain_frame_is_live_and_leaves_its_host_alone",
    "history::enter_opens_and_escape_closes",
    "history::opening_a_card_shows_its_history_with_sources",
    "long::a_link_leads_to_a_card_wherever_it_is",
    "offline::after_one_visit_the_whole_site_works_without_a_network",
    "pages::from_the_explorer_to_a_record_and_back",
    "plain::without_scripts_all_can_be_read",
    "search::typing_is_one_step_back",
    "search::words_match_from_their_beginning_and_are_marked",
    "standalone::it_searches_filters_and_has_every_view",
    "take::files_hold_exactly_what_is_shown",
    "take::text_link_and_citations_can_be_copied",
    "views::a_view_has_its_style_wherever_it_is_shown",
    "views::the_switch_changes_the_view_and_back_undoes_it",
];
