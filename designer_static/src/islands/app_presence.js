// How often a page that can be seen asks who is here, and how long it waits at most while nobody answers.
const EVERY = 5000; // milliseconds
const AT_MOST = 60_000;
const FIRST = 1500;

/**
 * <app-presence data-address data-token>: who else is in the app. Asks the server while the page can be seen, which
 * also tells it where this person is. When others shared something, the page is told so ("draft-changed"), and the
 * person in words.
 */
class AppPresence extends HTMLElement {
  #known = '';
  #head = '';
  #wait = EVERY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;

  connectedCallback() {
    document.addEventListener('visibilitychange', this.#seen);
    this.#plan(FIRST);
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#next);
  }

  #seen = () => {
    clearTimeout(this.#next);
    if (document.visibilityState === 'visible') this.#plan(0);
  };

  /** @param {number} wait */
  #plan(wait) {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#ask(), wait);
  }

  async #ask() {
    if (document.visibilityState !== 'visible') return;
    const body = new URLSearchParams({ path: location.pathname, known: this.#known });
    const headers = { 'X-CSRFToken': this.dataset.token ?? '' };
    const address = this.dataset.address ?? '';
    const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' }).catch(
      () => null,
    );
    if (!this.isConnected) return;
    // Signed out, or no longer allowed: what the page shows stays, and nobody is asked again.
    if (answer?.type === 'opaqueredirect') return;
    if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) return;
    this.#wait = answer?.ok ? EVERY : Math.min(this.#wait * 2, AT_MOST);
    if (answer?.status === 200) this.#show(await answer.text());
    this.#plan(this.#wait);
  }

  /** @param {string} html */
  #show(html) {
    const people = this.querySelector('[data-people]');
    if (!people) return;
    const isOpen = people.querySelector('details')?.open ?? false;
    const focused = people.contains(document.activeElement) ? document.activeElement : null;
    people.innerHTML = html;
    const details = people.querySelector('details');
    if (details) details.open = isOpen;
    if (focused) focusAgain(people, focused);
    const state = /** @type {HTMLElement | null} */ (people.querySelector('[data-known]'));
    this.#known = state?.dataset.known ?? '';
    const head = state?.dataset.head ?? '';
    if (this.#head && head !== this.#head) this.#tell(state?.dataset.news ?? '');
    this.#head = head;
  }

  /** @param {string} news */
  #tell(news) {
    const place = this.querySelector(':scope > [data-news]');
    if (place) place.textContent = news;
    const detail = { by: 'others' };
    document.body.dispatchEvent(new CustomEvent('draft-changed', { detail, bubbles: true }));
  }
}

/**
 * Whoever stood in the list by keyboard stands in the new one: at the same link, or where it is opened.
 * @param {Element} people @param {Element} focused
 */
function focusAgain(people, focused) {
  const links = [...people.querySelectorAll('a')];
  const again = links.find((link) => focused instanceof HTMLAnchorElement && link.href === focused.href);
  (again ?? people.querySelector('summary'))?.focus({ preventScroll: true });
}

customElements.define('app-presence', AppPresence);
