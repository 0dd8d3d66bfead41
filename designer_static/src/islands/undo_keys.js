// Ctrl+Z and Ctrl+Shift+Z (and Ctrl+Y) press the buttons Undo and Redo of the bar above an app's pages.
// Where somebody writes, these keys belong to the field: it has an undo of its own. A field with data-untouched has none yet.

import { undoKey } from '../domain/undo_key.js';

// Right after an edit the bar still shows the state before it: the key counts once the bar is up to date, unless
// something else was done meanwhile, or it takes so long that nobody thinks of it any more.
const PATIENCE = 10_000; // milliseconds
/** @type {{action: string, until: number} | null} */
let late = null;
const forget = () => {
  late = null;
};

/** @param {EventTarget | null} target */
function isWriting(target) {
  if (!(target instanceof HTMLElement) || target.dataset.untouched !== undefined) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    return !['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit'].includes(
      target.type,
    );
  }
  return target instanceof HTMLTextAreaElement;
}

document.addEventListener('pointerdown', forget, true);
document.addEventListener('keydown', (event) => {
  const action = undoKey(event);
  if (!action && !['Control', 'Meta', 'Shift'].includes(event.key)) forget();
  if (
    !action ||
    event.defaultPrevented ||
    isWriting(event.composedPath()[0] ?? null) ||
    document.querySelector('dialog[open]')
  )
    return;
  const button = document.getElementById(`draft-${action}`);
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  if (button.disabled) late = { action, until: performance.now() + PATIENCE };
  else button.click();
});

document.addEventListener('htmx:afterSettle', () => {
  const button = late && document.getElementById(`draft-${late.action}`);
  if (!late || !(button instanceof HTMLButtonElement) || button.disabled) return;
  const isInTime = performance.now() < late.until;
  late = null;
  if (isInTime) button.click();
});

// While an undo is on its way, the bar stays: with its form the answer would be gone too, which tells the page that the
// draft is another one. That answer brings a new bar.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (detail.target.id === 'draft-bar' && detail.target.querySelector('form.htmx-request'))
    detail.shouldSwap = false;
});

// The bar comes anew after each press. Whoever pressed by keyboard goes on where they were: on the other button, if
// there is nothing more to do in that direction.
/** @type {string} */
let pressed = '';

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('#draft-undo, #draft-redo') : null;
  pressed = button && document.activeElement === button ? button.id : '';
});

document.addEventListener('htmx:afterSettle', () => {
  if (!pressed || document.activeElement !== document.body) return;
  const other = pressed === 'draft-undo' ? 'draft-redo' : 'draft-undo';
  for (const id of [pressed, other]) {
    const button = document.getElementById(id);
    if (button instanceof HTMLButtonElement && !button.disabled) {
      button.focus();
      return;
    }
  }
});
