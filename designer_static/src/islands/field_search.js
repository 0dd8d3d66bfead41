import { applyFragments } from '../lib/fragments.js';

const PAUSE = 120; // milliseconds after the last key

/**
 * <field-search data-url data-lang>: shows what is found while it is typed, in the place of the tree (#tree). Down goes
 * into the list, Escape back to the tree.
 */
class FieldSearch extends HTMLElement {
  /** @type {AbortController | undefined} */
  #asked;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  connectedCallback() {
    this.addEventListener('input', () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#search(), PAUSE);
    });
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.#waiting);
      this.#search().then(() => this.#links()[0]?.focus());
    });
    this.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        this.#links()[0]?.focus();
      } else if (event.key === 'Escape') this.#leave();
    });
    document.addEventListener('studio-found', () => this.#leave(false));
    document.addEventListener('keydown', (event) => this.#inList(event));
    this.#swap();
  }

  get #field() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector('input[type=search]'));
  }

  get #results() {
    return document.getElementById('field-results');
  }

  /** @returns {HTMLElement[]} */
  #links() {
    return /** @type {HTMLElement[]} */ ([...(this.#results?.querySelectorAll('a') ?? [])]);
  }

  async #search() {
    const words = this.#field?.value.trim() ?? '';
    this.#asked?.abort();
    if (!words) return this.#leave(false);
    this.#asked = new AbortController();
    const query = new URLSearchParams([
      ['q', words],
      ['lang', this.dataset.lang ?? ''],
    ]);
    const answer = await fetch(`${this.dataset.url}/search?${query}`, {
      headers: { 'HX-Request': 'true' },
      signal: this.#asked.signal,
    }).catch(() => null);
    const html = answer?.ok ? await answer.text().catch(() => '') : '';
    if (!html) return;
    applyFragments(html);
    this.#swap();
  }

  /** The results stand in the place of the tree. */
  #swap() {
    const tree = document.getElementById('tree');
    if (tree) tree.hidden = this.#results?.hidden === false;
  }

  /** @param {boolean} [focus] whether the keyboard goes back to the field */
  #leave(focus = true) {
    const field = this.#field;
    this.#asked?.abort();
    if (field) field.value = '';
    if (this.#results) this.#results.hidden = true;
    this.#swap();
    if (focus) field?.focus();
  }

  /** @param {KeyboardEvent} event */
  #inList(event) {
    const links = this.#links();
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0) return;
    if (event.key === 'ArrowDown') links[at + 1]?.focus();
    else if (event.key === 'ArrowUp') (links[at - 1] ?? this.#field)?.focus();
    else if (event.key === 'Escape') this.#leave();
    else return;
    event.preventDefault();
  }
}

customElements.define('field-search', FieldSearch);
