use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::Selection;
use fact_explorer::query::address::{decode, encode};
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
