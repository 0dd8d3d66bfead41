/** Questions that are asked before something that a person has written goes. */

/**
 * Some answers ask before they are changed. Whether the person kept the old one.
 * @param {Event} event @param {HTMLInputElement} field
 */
export function isTakenBack(event, field) {
  const set = /** @type {HTMLElement | null} */ (field.closest('[data-asks]'));
  const choices = [...(set?.querySelectorAll('input, option') ?? [])];
  const kept = choices.filter((choice) => choice.hasAttribute('checked') || choice.hasAttribute('selected'));
  const isChange = field.type === 'checkbox' ? !field.checked : kept.length > 0;
  if (!set || event.type !== 'input' || !isChange || confirm(set.dataset.asks)) return false;
  if (field.type === 'checkbox') field.checked = true;
  for (const choice of field.type === 'checkbox' ? [] : kept) {
    if (choice instanceof HTMLOptionElement) choice.selected = true;
    if (choice instanceof HTMLInputElement) choice.checked = true;
  }
  return true;
}

/**
 * Asks before something goes that a button deletes: what the server knows of, and what was written in a row since.
 * @param {HTMLElement | null} button @param {string} [question] about a row that the server does not know to be answered
 */
export function mayDelete(button, question) {
  if (!(button instanceof HTMLButtonElement)) return true;
  const asked = button.dataset.asksFirst ?? (isWrittenIn(button) ? question : '');
  return !asked || confirm(asked);
}

/** Whether the row that a button deletes has answers, wherever on the page they are. @param {HTMLButtonElement} button */
function isWrittenIn(button) {
  if (!button.value.startsWith('delete:')) return false;
  const row = `${button.value.slice('delete:'.length)}.`;
  const fields = /** @type {HTMLInputElement[]} */ ([...(button.form?.elements ?? [])]);
  return fields.some(
    (field) =>
      field.name.startsWith(row) &&
      (field.matches('[type="radio"], [type="checkbox"]') ? field.checked : field.value),
  );
}
