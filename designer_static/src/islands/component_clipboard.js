import { outermost } from '../domain/editor_selection.js';
import { ancestorIds, itemOf, selectedIds } from '../lib/canvas_dom.js';
import { phrasesOf } from '../lib/phrases.js';
import { announce } from '../lib/speech.js';

const SHELF = 'studio-clipboard';

/**
 * <component-clipboard data-url data-phrases>: around the editor. Copy, cut and paste of components (`studio-clipboard`
 * or a button with data-clipboard), with what they say in every language; across pages and apps in this browser.
 */
class ComponentClipboard extends HTMLElement {
  #phrase = phrasesOf(this);

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    this.addEventListener('studio-clipboard', (event) =>
      this.#act(/** @type {CustomEvent} */ (event).detail.action),
    );
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-clipboard]') : null;
      if (button instanceof HTMLElement) this.#act(button.dataset.clipboard ?? '');
    });
  }

  get #canvas() {
    return /** @type {HTMLElement} */ (this.querySelector('form-canvas'));
  }

  #chosen() {
    return outermost(selectedIds(this.#canvas), (id) => {
      const item = itemOf(this.#canvas, id);
      return item ? ancestorIds(item) : [];
    });
  }

  /** @param {string} action */
  async #act(action) {
    if (action === 'paste') return this.#paste();
    const ids = this.#chosen();
    if (!ids.length || !(await this.#copy(ids))) return;
    if (action === 'cut')
      this.#edit([['do', 'remove'], ...ids.map((id) => /** @type {[string, string]} */ (['ids', id]))]);
    announce(this.#phrase(action, { n: ids.length }));
  }

  /** @param {string[]} ids @returns {Promise<boolean>} */
  async #copy(ids) {
    const query = new URLSearchParams(ids.map((id) => ['ids', id]));
    const answer = await fetch(`${this.dataset.url}/components?${query}`).catch(() => null);
    if (!answer?.ok) return false;
    localStorage.setItem(SHELF, await answer.text());
    return true;
  }

  #paste() {
    const held = localStorage.getItem(SHELF);
    if (!held) return announce(this.#phrase('empty'));
    const chosen = selectedIds(this.#canvas);
    this.#edit([
      ['do', 'paste'],
      ['after', chosen[chosen.length - 1] ?? ''],
      ['clipboard', held],
    ]);
  }

  /** @param {[string, string][]} fields */
  #edit(fields) {
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }
}

customElements.define('component-clipboard', ComponentClipboard);
