/** How what was written stands: told below the form, in the words of the page. */

/** @typedef {'saving' | 'saved' | 'waiting' | 'refused' | 'signedOut'} State */

/** @param {HTMLElement} page @param {State} state */
export function say(page, state) {
  const place = page.querySelector('.form-state');
  if (!place) return;
  place.setAttribute('data-state', state);
  const text = page.dataset[state] ?? '';
  if (place.textContent !== text) place.textContent = text;
  // The way to sign in again is in a place of its own.
  page.querySelector('.form-signed-out')?.toggleAttribute('hidden', state !== 'signedOut');
}
