use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::address::{decode, encode, is_beside_cards};
use fact_explorer::query::answer::answer_within;
use fact_explorer::query::lock::settings;
use fact_explorer::query::{Lock, Selection, View};
use fact_explorer::view::{Explorer, Trace};
use proptest::prelude::*;

use crate::random::any_page;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_link_opens_the_same_view((pack, selection) in any_page()) {
        let fragment = encode(pack, &selection);
        prop_assert_eq!(decode(pack, &fragment), selection.clone());
        prop_assert_eq!(decode(pack, &["#", &fragment].concat()), selection);
    }

    #[test]
    fn any_text_survives_a_link(text in ".*") {
        let pack = Pack::embedded();
        let selection = Selection { text, ..Selection::new(pack) };
        prop_assert_eq!(decode(pack, &encode(pack, &selection)), selection);
    }

    /// Whatever stands in the address, the page opens, and its own link opens the same.
    #[test]
    fn no_address_breaks_the_page(fragment in "(#)?((q|finding|kind|state|as-of|sort|view|event|open|compare|x)=?[ -~é%+&,]{0,9}&?){0,6}") {
        let pack = Pack::embedded();
        let selection = decode(pack, &fragment);
        prop_assert!((pack.first_day()..=pack.last_day()).contains(&selection.as_of));
        prop_assert_eq!(decode(pack, &encode(pack, &selection)), selection);
    }

    /// What is misspelled takes nothing away that was said before.
    #[test]
    fn what_means_nothing_changes_nothing((pack, selection) in any_page(), key in "finding|as-of|sort|view|event|open|compare") {
        let fragment = encode(pack, &selection);
        let more = [&fragment, "&", &key, "=~"].concat();
        prop_assert_eq!(decode(pack, &more), decode(pack, &fragment));
    }

    #[test]
    fn nor_do_bytes_that_mean_nothing(fragment in "\\PC*") {
        decode(Pack::embedded(), &fragment);
    }
}

#[test]
fn the_default_view_has_no_fragment() {
    let pack = Pack::embedded();
    assert_eq!(encode(pack, &Selection::new(pack)), "");
    assert_eq!(decode(pack, ""), Selection::new(pack));
    assert_eq!(decode(pack, "#"), Selection::new(pack));
}

#[test]
fn a_link_is_written_in_the_agreed_words() {
    let pack = Pack::embedded();
    let fragment = "q=%C3%A9tat+%22x%22&finding=warned,cleared&kind=city&named=yes&as-of=2018-02-01&sort=-last-event&view=table&event=letter&open=chicago-il&compare=chicago-il,vermont";
    let selection = decode(pack, fragment);
    assert_eq!(selection.text, "état \"x\"");
    assert_eq!(selection.chosen.len(), 4);
    assert_eq!(encode(pack, &selection), fragment);
}

#[test]
fn what_is_unknown_is_left_out() {
    let pack = Pack::embedded();
    let selection = decode(
        pack,
        "#utm=x&finding=guilty&kind=city,village&as-of=2017-02-30&sort=luck&open=atlantis&view=globe&event=luck&compare=atlantis&&=&",
    );
    assert_eq!(encode(pack, &selection), "kind=city");
}

#[test]
fn a_day_outside_the_record_is_moved_into_it() {
    let pack = Pack::embedded();
    assert_eq!(
        encode(pack, &decode(pack, "as-of=2031-01-01")),
        "as-of=2021-04-14"
    );
    assert_eq!(
        encode(pack, &decode(pack, "as-of=1789-07-14")),
        "as-of=1996-09-30"
    );
}

#[test]
fn a_snapshot_will_do_for_a_day() {
    let pack = Pack::embedded();
    assert_eq!(
        encode(pack, &decode(pack, "as-of=latest")),
        "as-of=2021-04-14"
    );
    assert_eq!(encode(pack, &decode(pack, "as-of=october-2017")), "");
}

#[test]
fn a_later_subject_opens_at_a_day_that_has_it() {
    let pack = Pack::embedded();
    let selection = decode(pack, "open=albany-ny");
    assert_eq!(encode(pack, &selection), "as-of=2021-04-14&open=albany-ny");
    // Unless the link says the day.
    let said = "as-of=2017-10-12&open=albany-ny";
    assert_eq!(encode(pack, &decode(pack, said)), said);
}

#[test]
fn an_embeds_settings_lock_it_and_say_how_it_begins() {
    let pack = Pack::embedded();
    let row = |id: &str| pack.subject_with_id(id).unwrap().row();
    let (lock, selection) = settings(
        pack,
        "?theme=dark&finding=warned%2Ccleared&only=chicago-il,nowhere&as-of=2017-11-15&view=table&q=grant",
    );
    assert_eq!(lock.chosen, [(0, 0), (0, 4)]);
    assert_eq!(lock.only, [row("chicago-il")]);
    assert!(selection.chosen.is_empty(), "what is locked isn't chosen");
    assert_eq!(
        encode(pack, &selection),
        "q=grant&as-of=2017-11-15&view=table"
    );
    assert_eq!(
        encode(pack, &lock.unlocked(&selection)),
        "q=grant&finding=warned,cleared&as-of=2017-11-15&view=table&open=chicago-il",
        "the whole page shows the same"
    );
    let few = settings(pack, "only=new-orleans-la,chicago-il,chicago-il").0;
    assert_eq!(
        encode(pack, &few.unlocked(&Selection::new(pack))),
        "compare=chicago-il,new-orleans-la",
        "a few are told from the others"
    );
    let later = settings(pack, "only=denver-co").1.as_of;
    assert_eq!(
        later,
        pack.last_day(),
        "it has no finding on the default day"
    );
    let untold = settings(pack, "only=denver-co&as-of=nowadays").1.as_of;
    assert_eq!(untold, pack.last_day(), "a day that nobody understands");
    assert_eq!(settings(pack, ""), (Lock::default(), Selection::new(pack)));
}

#[test]
fn an_order_may_come_before_the_search_that_it_is_of() {
    let pack = Pack::embedded();
    for (told, means) in [
        ("sort=finding&q=police", "q=police&sort=finding"),
        ("sort=match&q=police", "q=police"),
        ("sort=finding", ""),
        ("sort=-name", "sort=-name"),
    ] {
        assert_eq!(encode(pack, &decode(pack, told)), means, "{told}");
    }
}

proptest! {
    /// No setting breaks an embed.
    #[test]
    fn no_setting_breaks_an_embed(query in "(&?(only|finding|as-of|q|state)=[a-z0-9%,+-]{0,12}|.{0,8}){0,5}") {
        let pack = Pack::embedded();
        let (lock, selection) = settings(pack, &query);
        let answered = answer_within(pack, &lock, &selection);
        prop_assert!(answered.n_shown <= pack.n_subjects());
        _ = encode(pack, &lock.unlocked(&selection));
    }
}

#[test]
fn an_address_tells_whether_it_asks_for_more_than_cards() {
    let pack = Pack::embedded();
    for (fragment, is_beside) in [
        ("", false),
        (
            "#q=police&finding=warned&as-of=2021-04-14&open=chicago-il",
            false,
        ),
        ("#q=view%3Dtable", false),
        ("#view=table", true),
        ("q=police&view=map", true),
        ("#as-of=2018-01-24&compare=chicago-il,vermont", true),
    ] {
        assert_eq!(is_beside_cards(fragment), is_beside, "{fragment}");
        let selection = decode(pack, fragment);
        let shown = selection.view != View::Cards || !selection.compare.is_empty();
        assert_eq!(shown, is_beside, "{fragment}");
    }
}

#[test]
fn an_order_that_is_as_if_nothing_had_been_asked_for_is_not_kept() {
    let pack = Pack::embedded();
    let mut explorer = Explorer::new(pack);
    // With a search it is asked for; without, it is the order of the cards anyhow.
    explorer.replace(Trace::Step, decode(pack, "q=police&sort=finding"));
    assert_eq!(encode(pack, &explorer.selection), "q=police&sort=finding");
    let mut cleared = explorer.selection.clone();
    cleared.text.clear();
    explorer.replace(Trace::Step, cleared);
    assert_eq!(explorer.selection, Selection::new(pack));
}
