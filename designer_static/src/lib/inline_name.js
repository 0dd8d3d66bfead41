// Writing a new name where the old one stands.

/**
 * @param {{ place: HTMLElement, over: HTMLElement, value: string, label: string, done: (value: string | null) => void }} parts
 *   `place` holds the field, which is laid over the element `over`; `done` gets null when nothing is to be changed
 */
export function writeName({ place, over, value, label, done }) {
  const field = document.createElement('input');
  field.className = 'ds-input inline-name';
  field.dataset.size = 'sm';
  field.value = value;
  field.setAttribute('aria-label', label);
  field.spellcheck = false;
  field.autocomplete = 'off';
  const frame = place.getBoundingClientRect();
  const box = over.getBoundingClientRect();
  field.style.setProperty('left', `${box.left - frame.left - 6}px`);
  field.style.setProperty('top', `${box.top - frame.top - 4}px`);
  place.append(field);
  field.focus();
  field.select();
  let ended = false;
  /** @param {boolean} keep @param {boolean} back whether the keyboard goes back to where it was */
  const end = (keep, back) => {
    if (ended) return;
    ended = true;
    const name = field.value.trim();
    field.remove();
    if (back) over.closest('a')?.focus();
    done(keep && name && name !== value ? name : null);
  };
  field.addEventListener('blur', () => end(true, false));
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Enter') end(true, true);
    if (event.key === 'Escape') end(false, true);
  });
}
