/**
 * What a form loads first; nothing waits for it. The server draws a form whole, and a page that is only read, or sent as it came,
 * needs no more: the rest (form_filling.js) comes with the first sign of somebody about to fill it in. What happens until it is
 * there is not lost.
 */

/** What cannot wait for that: it looks or is told otherwise with scripts than without. */
const AT_ONCE = [
  '#error-summary',
  'choice-filter',
  'custom-frame',
  'map-view',
  'old-rules',
  '.form-tabs',
  '[data-max-length]',
  '[data-print]',
  '[data-upload]',
].join();
/** So long does a form that is sent wait for the rest, in milliseconds. */
const PATIENCE = 3000;
const SIGNS = ['pointerover', 'pointerdown', 'focusin', 'keydown', 'input', 'change', 'submit'];

/** What was written before the rest was there: the kind of event by its field. @type {[EventTarget, string][]} */
let missed = [];
/** @type {Promise<void> | undefined} */
let begun;
let sending = false;

function begin() {
  begun ??= import('./form_filling.js').then(
    () => {
      listen(removeEventListener);
      for (const [field, type] of missed) field.dispatchEvent(new Event(type, { bubbles: true }));
      missed = [];
    },
    // Without the rest it is a plain form, until the next sign or until there is a connection again.
    () => {
      begun = undefined;
      addEventListener('online', begin, { once: true });
      const state = document.querySelector('.form-state');
      if (missed.length && state)
        state.textContent = state.closest('form-page')?.getAttribute('data-waiting') ?? '';
    },
  );
  return begun;
}

/** @param {Event} event */
function seen(event) {
  const form = /** @type {Element} */ (event.target).closest?.('form-page form');
  if (!form) return;
  if (event.type === 'submit') return void sendLater(/** @type {SubmitEvent} */ (event));
  if (event.type === 'input' || event.type === 'change')
    missed.push([/** @type {Element} */ (event.target), event.type]);
  begin();
}

/** Some buttons ask before they delete something. @param {SubmitEvent} event */
async function sendLater(event) {
  event.preventDefault();
  if (sending) return;
  sending = true;
  await Promise.race([begin(), new Promise((done) => setTimeout(done, PATIENCE))]);
  // The plain form where the rest did not come.
  listen(removeEventListener);
  const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
  // What was caught up with may have drawn the button anew.
  const same = pressed?.isConnected
    ? pressed
    : document.querySelector(`form-page button[value="${CSS.escape(pressed?.value ?? '')}"]`);
  const given = /** @type {HTMLFormElement} */ (event.target);
  const form = given.isConnected ? given : document.querySelector('form-page form');
  /** @type {HTMLFormElement | null} */ (form)?.requestSubmit(/** @type {HTMLButtonElement | null} */ (same));
}

/** @param {typeof addEventListener | typeof removeEventListener} doing */
function listen(doing) {
  for (const sign of SIGNS) doing(sign, seen, { capture: true });
}

/** Whether a field says something else than it did when it came. @param {Element} field */
function isWritten(field) {
  if (field instanceof HTMLSelectElement) {
    const given = [...field.options].find((each) => each.defaultSelected) ?? field.options[0];
    return field.value !== given?.value;
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  return (
    field instanceof HTMLInputElement &&
    (field.value !== field.defaultValue || field.checked !== field.defaultChecked)
  );
}

/** Somebody may be in the form already: even this script may come late. */
function lookAround() {
  const page = document.querySelector('form-page');
  if (document.querySelector(AT_ONCE)) begin();
  if (!page?.contains(document.activeElement)) return;
  for (const field of page.querySelectorAll('input, select, textarea'))
    if (isWritten(field) && !missed.some(([heard]) => heard === field))
      missed.push([field, field.matches('input, textarea') ? 'input' : 'change']);
  begin();
}

listen(addEventListener);
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', lookAround);
else lookAround();
