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

/** Asks before a row that holds something is deleted. @param {HTMLElement | null} button @param {string} [question] */
export function mayDelete(button, question) {
  if (button?.dataset.asksFirst) return confirm(button.dataset.asksFirst);
  if (!(button instanceof HTMLButtonElement) || !button.value.startsWith('delete:')) return true;
  const row = button.closest('.form-row');
  const fields = /** @type {HTMLInputElement[]} */ ([
    ...(row?.querySelectorAll('[name]:not(button, [type="hidden"])') ?? []),
  ]);
  const isEmpty =
    fields.length > 0 &&
    fields.every(
      (field) => !(field.matches('[type="radio"], [type="checkbox"]') ? field.checked : field.value),
    );
  return isEmpty || confirm(question);
}
