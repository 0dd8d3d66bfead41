/**
 * Links and buttons beside the form lead away from it. They wait until what was written is kept, so that the page that comes has it,
 * and signing out does not lose it.
 */

/** What the page that is shown has to keep, and how. */
let page = { isDue: () => false, keep: async () => {} };
let isLed = false;

/** @param {() => boolean} isDue @param {() => Promise<unknown>} keep */
export function beforeLeading(isDue, keep) {
  page = { isDue, keep: async () => void (await keep()) };
}

/** @param {MouseEvent | SubmitEvent} event */
async function lead(event) {
  if (isLed || event.defaultPrevented || !page.isDue()) return;
  const way = /** @type {Element} */ (event.target).closest(event.type === 'submit' ? 'form' : 'a[href]');
  if (!way || !leadsAway(way, event)) return;
  event.preventDefault();
  await page.keep();
  isLed = true;
  if (way instanceof HTMLFormElement) way.requestSubmit(/** @type {SubmitEvent} */ (event).submitter);
  else if (way instanceof HTMLElement) way.click();
  isLed = false;
}

/** @param {Element} way @param {MouseEvent | SubmitEvent} event */
function leadsAway(way, event) {
  if (event instanceof SubmitEvent) return !way.closest('form-page');
  const isNew = event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return way.matches('a:not([target="_blank"], [download], [href^="#"])') && !isNew;
}

document.addEventListener('click', lead);
document.addEventListener('submit', lead);
