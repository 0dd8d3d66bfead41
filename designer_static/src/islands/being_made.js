/**
 * Something that is being made for the reader: the page is asked for it until it is there. Without this code there is a
 * link to look again.
 *
 *   <being-made data-goes-on data-done="words for when it is there">what is known so far</being-made>
 */
import { pause } from '../lib/waiting.js';

/** At first every second, then ever more seldom. In milliseconds. */
const FIRST = 1000;
const OFTEN = 10;
const SELDOM = 30_000;

class BeingMade extends HTMLElement {
  #said = document.createElement('p');

  connectedCallback() {
    this.#said.className = 'ds-sr-only';
    this.#said.setAttribute('role', 'status');
    this.after(this.#said);
    void this.#follow();
  }

  async #follow() {
    for (let looked = 1; this.isConnected && this.dataset.goesOn !== undefined; looked += 1) {
      await pause(Math.min(SELDOM, FIRST * Math.max(1, looked - OFTEN)));
      const answer = await fetch(location.href).catch(() => null);
      if (!answer?.ok) continue;
      if (new URL(answer.url).pathname !== location.pathname) {
        location.replace(answer.url);
        return;
      }
      this.#show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    }
  }

  /** @param {Document} page as it is now */
  #show(page) {
    const there = page.querySelector('being-made');
    if (!(there instanceof HTMLElement) || there.dataset.goesOn !== undefined) return;
    delete this.dataset.goesOn;
    const hadFocus = this.contains(document.activeElement);
    this.replaceChildren(...there.childNodes);
    this.#said.textContent = this.dataset.done ?? '';
    const first = /** @type {HTMLElement | null} */ (this.querySelector('a, button'));
    if (hadFocus) first?.focus();
  }
}
customElements.define('being-made', BeingMade);
