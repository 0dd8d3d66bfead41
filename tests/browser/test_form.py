"""Filling in a form in a real browser: kept while typing, changed in place, with and without a network."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from studio.definition.templates import new_app
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment

Open = Callable[[BrowserContext], Page]


@pytest.fixture(scope="module")
def address(stack: object) -> str:
    """A contact form, served in the test environment."""
    key = (stack.data / "keys" / "test-environment").read_text().strip()  # type: ignore[attr-defined]  # of the stack
    origin: str = stack.test  # type: ignore[attr-defined]  # of the stack
    client = ManagementClient(Environment("test", origin, origin, key))
    bundle = bundle_of(new_app("kontakt", "ttd", {"nb": "Kontaktskjema", "en": "Contact form"}, "contact"))
    client.hand_over(bundle)
    client.activate("ttd", "kontakt", release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    return f"{origin}/ttd/kontakt/"


@pytest.fixture
def open_form(address: str) -> Open:
    """Sign in as the first person and begin; the first page of the form."""

    def begin(context: BrowserContext) -> Page:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("button", name="Vennlig Fjellrev").click()
        page.locator(".public-start button").click()
        page.wait_for_selector("form-page")
        return page

    return begin


def saved(page: Page) -> None:
    expect(page.locator(".form-state")).to_have_text("Lagret")


def test_a_form_is_filled_in_and_sent_with_javascript(new_context, open_form: Open, axe) -> None:
    page = open_form(new_context())
    axe(page)
    page.evaluate("window.sameDocument = true")
    page.get_by_label("Navnet ditt").fill("Vennlig Fjellrev")
    page.get_by_label("På telefon").check()
    expect(page.get_by_label("Telefonnummer")).to_be_visible()
    expect(page.get_by_label("E-postadresse")).to_be_hidden()
    page.get_by_label("Telefonnummer").fill("40000001")
    page.get_by_role("button", name="Neste").click()
    expect(page.locator("#page-title")).to_be_focused()
    expect(page).to_have_url(re.compile("/enquiry$"))
    page.get_by_label("Hva gjelder det?").select_option("question")
    page.get_by_label("Meldingen din").fill("Når åpner dere?")
    axe(page)
    page.get_by_role("button", name="Gå til bekreftelse").click()
    page.get_by_role("button", name="Bekreft og send inn").click()
    expect(page.get_by_role("heading", name="Skjemaet er sendt inn")).to_be_visible()
    expect(page.get_by_text("Når åpner dere?")).to_be_visible()
    axe(page)


def test_a_form_is_filled_in_and_sent_without_javascript(new_context, open_form: Open) -> None:
    page = open_form(new_context(java_script_enabled=False))
    page.get_by_label("Navnet ditt").fill("Vennlig Fjellrev")
    page.get_by_label("På telefon").check()
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Telefonnummer").fill("40000001")
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Hva gjelder det?").select_option("question")
    page.get_by_label("Meldingen din").fill("Hei")
    page.get_by_role("button", name="Gå til bekreftelse").click()
    page.get_by_role("button", name="Bekreft og send inn").click()
    expect(page.get_by_role("heading", name="Skjemaet er sendt inn")).to_be_visible()


def test_focus_and_caret_stay_while_answers_are_kept(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    name = page.get_by_label("Navnet ditt")
    name.fill("Fjellrev")
    name.press("Home")
    name.press_sequentially("Vennlig ")
    saved(page)
    expect(name).to_be_focused()
    assert name.evaluate("field => field.selectionStart") == len("Vennlig ")
    page.reload()
    expect(page.get_by_label("Navnet ditt")).to_have_value("Vennlig Fjellrev")


def test_errors_are_summed_up_and_lead_to_their_fields(new_context, open_form: Open, axe) -> None:
    page = open_form(new_context())
    page.get_by_role("button", name="Neste").click()
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    axe(page)
    summary.get_by_role("link", name="Navnet ditt").click()
    expect(page.get_by_label("Navnet ditt")).to_be_focused()
    expect(page.get_by_label("Navnet ditt")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Navnet ditt").fill("Kari")
    expect(page.get_by_label("Navnet ditt")).not_to_have_attribute("aria-invalid", "true")


def test_nothing_is_lost_while_there_is_no_network(new_context, open_form: Open) -> None:
    context = new_context()
    page = open_form(context)
    context.set_offline(True)
    page.get_by_label("Navnet ditt").fill("Uten nett")
    expect(page.locator(".form-state")).to_have_text("Ikke lagret. Vi prøver igjen.")
    expect(page.get_by_label("Navnet ditt")).to_have_value("Uten nett")
    context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.get_by_label("Navnet ditt")).to_have_value("Uten nett")


def test_words_wait_on_the_page_until_somebody_has_signed_in_again(new_context, open_form: Open) -> None:
    context = new_context()
    page = open_form(context)
    name = page.get_by_label("Navnet ditt")
    name.fill("Kari")
    saved(page)
    elsewhere = context.new_page()
    elsewhere.goto(page.url)
    elsewhere.get_by_role("button", name="Logg ut").click()
    expect(elsewhere).to_have_url(re.compile(r":\d+/$"))
    name.fill("Kari Lunde")
    again = page.get_by_role("link", name="Logg inn i et nytt vindu")
    expect(again).to_be_visible()
    page.get_by_role("button", name="Neste").click()
    expect(page.locator("form-page[aria-busy]")).to_have_count(0)
    expect(name).to_have_value("Kari Lunde")
    with context.expect_page() as opened:
        again.click()
    opened.value.get_by_role("button", name="Vennlig Fjellrev").click()
    expect(opened.value.get_by_role("button", name="Logg ut")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('focus'))")  # windows of tests always have it
    saved(page)
    expect(again).to_be_hidden()
    page.reload()
    expect(name).to_have_value("Kari Lunde")


def test_a_link_beside_the_form_waits_for_the_last_words(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    page.on("dialog", lambda dialog: pytest.fail(dialog.type))  # whether to leave is no question
    page.get_by_label("Navnet ditt").fill("Kari Lunde")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("Your name")).to_have_value("Kari Lunde")


def test_what_is_written_before_the_scripts_have_come_is_kept(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    held: list[Route] | None = []

    def hold(route: Route) -> None:
        if held is None:
            route.continue_()
        else:
            held.append(route)

    page.route("**/form_filling-*.js", hold)
    page.reload(wait_until="commit")
    page.get_by_label("Navnet ditt").fill("Rask")
    expect(page.locator("form-page:defined")).to_have_count(0)
    waiting, held = held, None
    for route in waiting or ():
        route.continue_()
    saved(page)
    page.reload()
    expect(page.get_by_label("Navnet ditt")).to_have_value("Rask")


def test_a_press_counts_once_though_the_scripts_come_in_the_midst_of_it(new_context, open_form: Open) -> None:
    page = open_form(new_context(viewport={"width": 1280, "height": 2000}))
    held: list[Route] | None = []
    sent: list[str] = []

    def hold(route: Route) -> None:
        if held is None:
            route.continue_()
        else:
            held.append(route)

    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.route("**/form_filling-*.js", hold)
    page.reload(wait_until="commit")
    page.get_by_label("På telefon").check()
    page.get_by_role("button", name="Neste").hover()
    page.mouse.down()
    waiting, held = held, None
    # What was chosen brings up another question above the button, which stays where it is while pressed.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        for route in waiting or ():
            route.continue_()
    page.wait_for_selector("form-page[data-ready]")
    page.mouse.up()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.get_by_label("Telefonnummer")).to_be_visible()
    assert len([each for each in sent if "do=next" in each]) == 1


def test_scripts_that_do_not_come_are_told_of_and_the_form_is_sent_without_them(
    new_context, open_form: Open
) -> None:
    page = open_form(new_context())
    page.route("**/form_filling-*.js", lambda route: route.abort())
    page.reload()
    page.get_by_label("Navnet ditt").fill("Uten")
    expect(page.locator(".form-state")).to_have_text("Ikke lagret. Vi prøver igjen.")
    page.get_by_role("button", name="Neste", exact=True).click()
    page.wait_for_load_state()
    expect(page.get_by_label("Navnet ditt")).to_have_value("Uten")


def test_a_form_is_sent_without_scripts_that_never_end_to_come(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    page.route("**/form_filling-*.js", lambda _route: None)
    page.reload(wait_until="commit")
    page.get_by_label("Navnet ditt").fill("Tålmodig")
    page.get_by_role("button", name="Lagre og fortsett senere").click()
    page.wait_for_url(lambda url: "/instance/" not in url)


def test_back_in_the_browser_goes_a_page_back(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    page.get_by_label("Navnet ditt").fill("Kari")
    page.get_by_label("På e-post").check()
    page.get_by_label("E-postadresse").fill("kari@example.no")
    page.get_by_role("button", name="Neste").click()
    expect(page).to_have_url(re.compile("/enquiry$"))
    page.go_back()
    expect(page.get_by_label("Navnet ditt")).to_have_value("Kari")
    page.get_by_role("button", name="Neste").click()
    expect(page).to_have_url(re.compile("/enquiry$"))


def test_what_is_being_written_stays_while_the_answer_to_another_field_arrives(
    new_context, open_form: Open
) -> None:
    page = open_form(new_context())
    page.get_by_label("På telefon").check()
    page.get_by_role("button", name="Neste").click()
    expect(page.locator("#error-summary")).to_be_visible()
    phone = page.get_by_label("Telefonnummer")
    phone.evaluate("field => { field.sameField = true }")
    page.get_by_label("Navnet ditt").fill("Kari")
    phone.press_sequentially("40000001")
    saved(page)
    expect(phone).to_have_value("40000001")
    assert phone.evaluate("field => field.sameField")


def test_what_is_written_after_a_button_was_pressed_is_kept(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    name = page.get_by_label("Navnet ditt")
    name.fill("Kari")
    page.get_by_label("På telefon").check()
    page.get_by_label("Telefonnummer").fill("40000001")
    saved(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "do=next" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    def write_while_it_waits(text: str) -> None:
        page.get_by_role("button", name="Neste").click()
        while not held:
            page.wait_for_timeout(50)
        name.fill(text)
        held.pop().continue_()

    page.route("**/*", hold)
    write_while_it_waits("Kari Lunde")
    expect(page).to_have_url(re.compile("/enquiry$"))
    page.get_by_role("button", name="Forrige").click()
    expect(name).to_have_value("Kari Lunde")

    # Also where the answer is this page once more, with what is wrong on it.
    page.get_by_label("Telefonnummer").fill("")
    write_while_it_waits("Kari Lunde Berg")
    expect(page.locator("#error-summary")).to_be_visible()
    expect(name).to_have_value("Kari Lunde Berg")
    saved(page)
    page.reload()
    expect(name).to_have_value("Kari Lunde Berg")


def test_what_was_written_is_kept_when_the_browser_goes_back_at_once(new_context, open_form: Open) -> None:
    page = open_form(new_context())
    page.get_by_label("Navnet ditt").fill("Kari Lunde")
    page.get_by_label("På telefon").check()
    page.get_by_label("Telefonnummer").fill("40000001")
    page.get_by_role("button", name="Neste").click()
    expect(page).to_have_url(re.compile("/enquiry$"))
    page.locator("textarea").press_sequentially("Om lys")
    page.go_back()
    expect(page.get_by_label("Navnet ditt")).to_be_visible()
    page.go_forward()
    expect(page.locator("textarea")).to_have_value("Om lys")
