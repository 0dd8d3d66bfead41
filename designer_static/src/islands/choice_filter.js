/**
 * A field to search in a long set of choices. What is chosen stays on the screen; the rest shows what has the letters.
 *
 *   <fieldset><choice-filter data-label data-none><div data-kept></div></choice-filter><div class="form-options">…
 */
class ChoiceFilter extends HTMLElement {
  #input = document.createElement('input');
  #told = document.createElement('p');
  /** @type {MutationObserver | undefined} */
  #watch;

  connectedCallback() {
    const box = document.createElement('label');
    box.className = 'ds-label';
    this.#input.type = 'search';
    this.#input.className = 'ds-input';
    box.append(this.dataset.label ?? '', this.#input);
    this.#told.className = 'form-none';
    this.#told.setAttribute('role', 'status');
    this.querySelector('[data-kept]')?.replaceChildren(box, this.#told);
    this.#input.addEventListener('input', () => this.#filter());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault(); // it would send the form
    });
    // The server's answer shows all choices again.
    this.#watch = new MutationObserver(() => this.#filter());
    if (this.nextElementSibling)
      this.#watch.observe(this.nextElementSibling, {
        attributeFilter: ['hidden'],
        subtree: true,
        childList: true,
      });
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
  }

  #filter() {
    const letters = this.#input.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const choice of this.nextElementSibling?.children ?? []) {
      const found = (choice.textContent ?? '').toLocaleLowerCase().includes(letters);
      const hidden = !found && !choice.querySelector('input')?.checked;
      if (choice.hasAttribute('hidden') !== hidden) choice.toggleAttribute('hidden', hidden);
      if (found) shown += 1;
    }
    const none = shown ? '' : (this.dataset.none ?? '');
    if (this.#told.textContent !== none) this.#told.textContent = none;
  }
}

customElements.define('choice-filter', ChoiceFilter);
