/**
 * <editor-sheets>: around the editor's columns. Buttons with data-sheet open one column over the canvas on narrow
 * screens ([data-sheet-open] on this element), Escape and adding a component close it. Also opens the dialogs it holds:
 * [data-opens="ID"], and the shortcuts on `studio-help`.
 */
class EditorSheets extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('change', (event) => {
      if (event.target instanceof HTMLSelectElement && event.target.dataset.goes !== undefined)
        event.target.form?.submit();
    });
    this.addEventListener('studio-help', () => this.#dialog('editor-shortcuts')?.showModal());
    this.addEventListener('studio-applied', () => {
      if (this.dataset.sheetOpen === 'palette') this.#close();
    });
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.dataset.sheetOpen) this.#close();
    });
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button =
      event.target instanceof Element
        ? event.target.closest(
            '[data-sheet], [data-sheet-close], [data-opens], [data-closes], [data-preview-toggle]',
          )
        : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.previewToggle !== undefined) this.#preview(button);
    else if (button.dataset.opens) this.#dialog(button.dataset.opens)?.showModal();
    else if (button.dataset.closes !== undefined) button.closest('dialog')?.close();
    else if (button.dataset.sheetClose !== undefined) this.#close();
    else this.#toggle(button);
  }

  /** @param {HTMLElement} button */
  #toggle(button) {
    const name = button.dataset.sheet ?? '';
    const open = this.dataset.sheetOpen === name ? '' : name;
    this.#close();
    if (!open) return;
    this.dataset.sheetOpen = open;
    button.setAttribute('aria-expanded', 'true');
    const sheet = document.getElementById(button.getAttribute('aria-controls') ?? '');
    sheet?.querySelector('h2')?.focus();
  }

  #close() {
    const button = this.querySelector('[data-sheet][aria-expanded="true"]');
    delete this.dataset.sheetOpen;
    if (!(button instanceof HTMLElement)) return;
    button.setAttribute('aria-expanded', 'false');
    if (this.contains(document.activeElement)) button.focus();
  }

  /** The preview beside the canvas is fetched when it is first asked for. @param {HTMLElement} button */
  async #preview(button) {
    const place = document.getElementById('editor-preview');
    if (!place) return;
    const show = place.hidden !== false;
    place.hidden = !show;
    place.parentElement?.toggleAttribute('data-preview', show);
    button.setAttribute('aria-pressed', String(show));
    if (!show) return place.replaceChildren();
    const answer = await fetch(place.dataset.src ?? '').catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
  }

  /** @param {string} id @returns {HTMLDialogElement | null} */
  #dialog(id) {
    const dialog = document.getElementById(id);
    return dialog instanceof HTMLDialogElement ? dialog : null;
  }
}

customElements.define('editor-sheets', EditorSheets);
