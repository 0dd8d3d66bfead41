/**
 * <edit-question>: a dialog inside it ([data-ask]) that came with an answer is asked at once; without JavaScript it
 * stands on the page. Saying yes sends its form; [data-dismiss] and Escape leave everything as it was.
 */
class EditQuestion extends HTMLElement {
  connectedCallback() {
    this.closest('draft-editor')?.addEventListener('studio-applied', () => this.#ask());
    this.addEventListener('click', (event) => {
      if (!(event.target instanceof Element) || !event.target.closest('[data-dismiss]')) return;
      event.preventDefault();
      this.querySelector('dialog')?.close();
    });
    this.#ask();
  }

  #ask() {
    const dialog = this.querySelector('dialog');
    if (!dialog || dialog.matches(':modal')) return;
    dialog.removeAttribute('open');
    dialog.addEventListener('close', () => dialog.remove(), { once: true });
    dialog.showModal();
  }
}

customElements.define('edit-question', EditQuestion);
