/**
 * <component-palette>: narrows the list of component types while one writes in its search field, and lets arrow keys
 * walk through it. Adding is a form of its own and works without this.
 */
class ComponentPalette extends HTMLElement {
  connectedCallback() {
    this.addEventListener('input', (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === 'search')
        this.#narrow(event.target.value);
    });
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  /** @returns {HTMLElement[]} */
  get #shown() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-palette-type]')]).filter(
      (entry) => !entry.closest('[hidden]'),
    );
  }

  /** @param {string} words */
  #narrow(words) {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const group of this.querySelectorAll('[data-palette-group]')) {
      let any = false;
      for (const row of group.querySelectorAll('[data-palette-words]')) {
        const text = /** @type {HTMLElement} */ (row).dataset.paletteWords ?? '';
        const fits = wanted.every((word) => text.includes(word));
        row.toggleAttribute('hidden', !fits);
        any ||= fits;
      }
      group.toggleAttribute('hidden', !any);
      if (wanted.length && any) group.setAttribute('open', '');
    }
    this.querySelector('[data-palette-none]')?.toggleAttribute('hidden', this.#shown.length > 0);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const ways = { ArrowDown: 1, ArrowUp: -1 };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    const search = this.querySelector('input[type="search"]');
    if (event.target === search && event.key === 'Enter') {
      event.preventDefault();
      this.#shown[0]?.click();
    }
    if (!way) return;
    event.preventDefault();
    const entries = this.#shown;
    const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = entries[at + way];
    if (to) to.focus();
    else if (way < 0 && search instanceof HTMLElement) search.focus();
  }
}

customElements.define('component-palette', ComponentPalette);
