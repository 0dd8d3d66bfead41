/**
 * The parts of a form that come and go, must be filled in, or are locked by a rule. The server draws each of them with
 * `data-follows`; what is hidden is a disabled field set, so that nothing in it is sent.
 */

/** @typedef {Partial<Record<'hidden' | 'required' | 'readOnly', boolean>>} Decision */

/** @param {Element} root @returns {Iterable<[key: string, follows: any[]]>} the parts that are drawn */
export function* partsIn(root) {
  for (const part of root.querySelectorAll('[data-follows]'))
    yield [part.getAttribute('data-component') ?? '', (part.getAttribute('data-follows') ?? '').split(' ')];
}

/** @param {Element} root @param {Map<string, Decision>} decisions by the keys of parts */
export function showDecisions(root, decisions) {
  for (const [key, decision] of decisions) {
    const part = root.ownerDocument.getElementById(`c-${key}`);
    if (part && root.contains(part)) show(part, decision);
  }
}

/** @param {Element} part @param {Decision} decision */
function show(part, { hidden, required, readOnly }) {
  if (hidden !== undefined && part instanceof HTMLFieldSetElement) hide(part, hidden);
  if (required !== undefined) mark(part, required);
  if (readOnly !== undefined) lock(part, readOnly);
}

/** @param {HTMLFieldSetElement} part @param {boolean} isHidden */
function hide(part, isHidden) {
  if (part.hidden === isHidden) return;
  // Who writes in it is not thrown out; the server's answer decides.
  if (isHidden && part.contains(document.activeElement)) return;
  part.hidden = isHidden;
  part.disabled = isHidden;
}

/** @param {Element} part @param {boolean} isRequired the sign, and the same for those who do not see it */
function mark(part, isRequired) {
  const control = part.querySelector('[id][name]:not([type="radio"], [type="checkbox"], [type="hidden"])');
  if (isRequired) control?.setAttribute('aria-required', 'true');
  else control?.removeAttribute('aria-required');
  const title = part.querySelector('.ds-label > [data-text="title"]');
  const sign = title?.parentElement?.querySelector('.form-required');
  if (!isRequired) sign?.remove();
  else if (!sign) title?.after(requiredSign());
}

function requiredSign() {
  const sign = document.createElement('span');
  sign.className = 'form-required';
  sign.setAttribute('aria-hidden', 'true');
  sign.textContent = '*';
  return sign;
}

/** @param {Element} part @param {boolean} isLocked only where the part asks for one answer; others wait for the server */
function lock(part, isLocked) {
  const controls = /** @type {HTMLInputElement[]} */ ([
    ...part.querySelectorAll('[name]:not([type="hidden"])'),
  ]);
  if (new Set(controls.map(({ name }) => name)).size !== 1) return;
  for (const control of controls) {
    if (control.matches('select, [type="radio"], [type="checkbox"], button')) control.disabled = isLocked;
    else control.readOnly = isLocked;
  }
}

/**
 * What was written into fields that a rule has hidden since. They are sent once more: nobody's words are lost.
 * @param {HTMLFormElement} form @param {Iterable<string>} names @returns {Generator<[name: string, text: string]>}
 */
export function* hiddenTexts(form, names) {
  for (const name of names) {
    if (!form.querySelector(`fieldset[data-follows]:disabled [name="${CSS.escape(name)}"]`)) continue;
    yield [':shown', name];
    for (const text of textsOf(form, name)) yield [name, text];
  }
}

/** @param {HTMLFormElement} form @param {string} name @returns {string[]} what the page would send for a field, hidden or not */
export function textsOf(form, name) {
  const found = form.elements.namedItem(name);
  const fields = /** @type {HTMLInputElement[]} */ (
    found instanceof RadioNodeList ? [...found] : found ? [found] : []
  );
  return fields.flatMap((field) => {
    if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map(({ value }) => value);
    return field.matches('[type="radio"], [type="checkbox"]') && !field.checked ? [] : [field.value];
  });
}
