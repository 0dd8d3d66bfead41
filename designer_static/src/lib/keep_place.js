// Swapping a part of the page must not disturb the person in it: what has focus keeps it, what is being
// written stays written, what was opened stays open.

/** What was last sent as the change of a field: it is not being written any more. @type {WeakMap<object, string>} */
const sent = new WeakMap();
document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLElement && isText(target)) sent.set(target, target.value);
});

/**
 * Remember the state of everything inside `root`; what is returned restores it after the swap, scrolling where one of
 * the `fresh` elements is.
 * @param {HTMLElement} root
 * @returns {(fresh: Element[]) => void}
 */
export function keepPlace(root) {
  const active = document.activeElement;
  const held =
    active instanceof HTMLElement && root.contains(active) && active.id ? remembered(active) : null;
  const open = new Set([...root.querySelectorAll('details[open][id]')].map((element) => element.id));
  const shut = new Set([...root.querySelectorAll('details:not([open])[id]')].map((element) => element.id));
  const scrolled = [...root.querySelectorAll('[data-keep-scroll][id]')].map(
    (element) => /** @type {const} */ ([element.id, element.scrollTop]),
  );
  return (fresh) => {
    for (const element of root.querySelectorAll('details[id]')) {
      if (open.has(element.id)) element.setAttribute('open', '');
      else if (shut.has(element.id)) element.removeAttribute('open');
    }
    for (const [id, top] of scrolled) {
      const element = document.getElementById(id);
      if (element && fresh.some((each) => element.contains(each))) element.scrollTop = top;
    }
    if (held) restore(held);
  };
}

/**
 * `value`: what is written and not stored, `stored`: what was there before; `sent`: whether it is on its way.
 * @typedef {{ id: string, value: string | null, stored: string, sent: boolean, start: number | null, end: number | null }} Held
 */

/** @param {HTMLElement} element @returns {Held} */
function remembered(element) {
  const text = isText(element) ? element : null;
  const written = text && text.value !== text.defaultValue;
  return {
    id: element.id,
    value: written ? text.value : null,
    stored: text?.defaultValue ?? '',
    sent: text !== null && sent.get(text) === text.value,
    start: text?.selectionStart ?? null,
    end: text?.selectionEnd ?? null,
  };
}

/** @param {Held} held */
function restore(held) {
  const element = document.getElementById(held.id);
  if (!element || element === document.activeElement) return;
  if (isText(element) && held.value !== null) {
    const answered = held.sent && element.defaultValue !== held.stored;
    if (!answered) element.value = held.value;
  }
  element.focus({ preventScroll: true });
  if (isText(element) && held.start !== null) element.setSelectionRange(held.start, held.end);
}

/** @param {HTMLElement} element @returns {element is HTMLInputElement | HTMLTextAreaElement} */
function isText(element) {
  if (element instanceof HTMLTextAreaElement) return true;
  return (
    element instanceof HTMLInputElement && ['text', 'search', 'url', 'tel', 'password'].includes(element.type)
  );
}
