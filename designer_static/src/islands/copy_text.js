// A text in a field that can only be read, and a button that copies it. Without script the field is selected by hand.

class CopyText extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input');
    const button = this.querySelector('button');
    if (!field || !button || !navigator.clipboard) return;
    button.hidden = false;
    const label = button.querySelector('span');
    const words = label?.textContent ?? '';
    let waiting = 0;
    field.addEventListener('focus', () => field.select());
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        // The browser does not let us: the text is selected, so that the keyboard can copy it.
        field.focus();
        return;
      }
      if (label) label.textContent = button.dataset.copied ?? '';
      clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        if (label) label.textContent = words;
      }, 2500);
    });
  }
}

customElements.define('copy-text', CopyText);
