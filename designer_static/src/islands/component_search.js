import { applyFragments } from '../lib/fragments.js';

/**
 * <component-search data-url data-lang>: finds components on all pages while one writes, and chooses what was found
 * on this page without leaving it. Links elsewhere in the editor with data-choose do the same.
 */
class ComponentSearch extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** @type {AbortController | undefined} */
  #asking;

  connectedCallback() {
    this.addEventListener('input', (event) => {
      if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'search') return;
      clearTimeout(this.#waiting);
      const words = event.target.value;
      this.#waiting = setTimeout(() => this.#find(words), 200);
    });
    this.addEventListener('submit', (event) => this.#submitted(event));
    this.closest('draft-editor')?.addEventListener('click', (event) => this.#clicked(event));
  }

  /** @param {string} words */
  async #find(words) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const query = new URLSearchParams([
      ['find', words],
      ['lang', this.dataset.lang ?? ''],
    ]);
    const answer = await fetch(`${this.dataset.url}/found?${query}`, { signal: this.#asking.signal }).catch(
      () => null,
    );
    const html = answer?.ok ? await answer.text().catch(() => '') : '';
    if (html) applyFragments(html);
  }

  /** Ticked components of this page are chosen at once. @param {SubmitEvent} event */
  #submitted(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.getAttribute('role') === 'search') {
      event.preventDefault();
      clearTimeout(this.#waiting);
      this.#find(String(new FormData(form).get('find') ?? ''));
      return;
    }
    const ids = new FormData(form).getAll('selected').map(String);
    if (form.querySelector('[data-choose]') && this.#choose(ids)) event.preventDefault();
  }

  /** @param {Event} event */
  #clicked(event) {
    const link = event.target instanceof Element ? event.target.closest('a[data-choose]') : null;
    if (!(link instanceof HTMLElement)) return;
    const mouse = /** @type {MouseEvent} */ (event);
    if (mouse.ctrlKey || mouse.metaKey || mouse.shiftKey) return;
    if (this.#choose(JSON.parse(link.dataset.choose ?? '[]'))) event.preventDefault();
  }

  /** @param {string[]} ids @returns {boolean} whether the canvas has them */
  #choose(ids) {
    const canvas = this.closest('draft-editor')?.querySelector('form-canvas');
    if (!canvas || !ids.length) return false;
    canvas.dispatchEvent(new CustomEvent('studio-choose', { detail: { ids } }));
    return true;
  }
}

customElements.define('component-search', ComponentSearch);
