"""The menu of an app."""

from bs4 import BeautifulSoup


def test_the_page_that_is_open_is_marked_and_so_is_the_menu_it_stands_in(kari, contact):
    page = BeautifulSoup(kari.get("/ttd/kontakt/history").get_data(as_text=True), "html.parser")
    current = page.select(".app-nav [aria-current=page]")
    assert {link["href"] for link in current} == {"/ttd/kontakt/history"}
    [menu] = page.select(".app-nav__row [aria-current=true]")
    assert menu.get_text(strip=True) == "Collaboration"
    for button in page.select(".app-nav button"):
        assert page.select_one(f"#{button['popovertarget']}[popover] a[href]")


def test_whoever_may_not_edit_gets_no_menu_of_editors(runa, contact):
    page = BeautifulSoup(runa.get("/ttd/kontakt/history").get_data(as_text=True), "html.parser")
    assert page.select("[href='/ttd/kontakt/code']") == []
    assert page.select(".app-nav__row .ds-dropdown:not(:has(a))") == []
