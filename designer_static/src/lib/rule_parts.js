/**
 * The parts of a form that come and go, must be filled in, are locked, or say something else by a rule. The server draws each
 * of them with `data-follows`; what is hidden is a disabled field set, so that nothing in it is sent.
 */

/** @typedef {Record<string, boolean | string | string[]>} Decision flags, texts ("text.title"), the value that is shown, options */

const TEXT = 'text.';
/** The parts that a page is told in. Those of a long page stand in blocks (studio/runtime/pages/known_parts.py). */
const TOLD = ':is(.form > .form-grid, .form > .form-grid > .form-block) > [data-component]';
// Signs that may be Markdown or HTML, and words that may become a list or a heading: they wait for the server.
const MARKUP = /[*_[\]<>`&\\~|\n]|!\[|^\s|\s$|^([-+#=>]|\d+[.)])/;

/** @param {Element} root @returns {Iterable<[key: string, follows: any[]]>} the parts that are drawn */
export function* partsIn(root) {
  for (const part of root.querySelectorAll('[data-follows]'))
    yield [part.getAttribute('data-component') ?? '', (part.getAttribute('data-follows') ?? '').split(' ')];
}

/** @param {Element | null | undefined} inside @returns {string} the key of the part of the page that something is in; "" where it is in none */
export function partOf(inside) {
  return inside?.closest(TOLD)?.getAttribute('data-component') ?? '';
}

/**
 * @param {Element} form @param {Set<string>} touched keys of parts that are not as the server has told them
 * @returns {string} the parts that are shown, a line for each: the digest that the server has given it, or "-", and its key
 */
export function digestsIn(form, touched) {
  return [...form.querySelectorAll(TOLD)]
    .map((part) => [part.getAttribute('data-component') ?? '', part.getAttribute('data-is') ?? '-'])
    .map(([key = '', digest]) => `${touched.has(key) ? '-' : digest} ${key}`)
    .join('\n');
}

/** @param {HTMLFormElement} form @param {import('../domain/form_rules.js').Outcome} outcome what follows from answers, but for issues */
export function showOutcome(form, { parts, values, ways }) {
  showDecisions(form, parts);
  showValues(form, values);
  showWays(form, ways);
}

/** @param {Element} root @param {Map<string, Decision>} decisions by the keys of parts */
function showDecisions(root, decisions) {
  for (const [key, decision] of decisions) {
    const part = root.ownerDocument.getElementById(`c-${key}`);
    if (part && root.contains(part)) show(part, decision);
  }
}

/** @param {Element} part @param {Decision} decision */
function show(part, decision) {
  for (const [property, now] of Object.entries(decision)) {
    if (property === 'hidden') {
      if (part instanceof HTMLFieldSetElement) hide(part, Boolean(now));
    } else if (property === 'required') mark(part, Boolean(now));
    else if (property === 'readOnly') lock(part, Boolean(now));
    else if (Array.isArray(now)) offer(part, now);
    else if (property === 'value') say(part.querySelector('.form-value > dd'), String(now) || '–');
    else say(wordsOf(part, property.slice(TEXT.length)), String(now));
  }
}

/**
 * The options that a rule offers now, out of all in the part's template.
 * @param {Element} part @param {string[]} values
 */
function offer(part, values) {
  const all = part.querySelector('template[data-options]');
  const holder = part.querySelector('select, .form-options');
  if (!(all instanceof HTMLTemplateElement) || !holder) return;
  const shown = new Map([...holder.children].map((each) => [choiceOf(each), each]));
  const wanted = new Set(values);
  let before = holder.querySelector(':scope > option[value=""]');
  for (const option of all.content.children) {
    const value = choiceOf(option);
    let here = shown.get(value);
    if (!wanted.has(value)) here?.remove();
    else {
      here ??= document.importNode(option, true);
      if (before ? before.nextElementSibling !== here : holder.firstElementChild !== here)
        before ? before.after(here) : holder.prepend(here);
      before = here;
    }
  }
}

/** @param {Element} option in a list, or around a box to check @returns {string} */
function choiceOf(option) {
  const holder = option.matches('option') ? option : option.querySelector('input');
  return holder?.getAttribute('value') ?? '';
}

/** @param {Element} part @param {string} slot @returns {Element | null} what says it in the part itself, and not in one inside it */
function wordsOf(part, slot) {
  const found = part.querySelector(`[data-text="${CSS.escape(slot)}"]`);
  return found?.closest('[data-component]') === part ? found : null;
}

/** @param {Element | null} element @param {string} text as words alone: all else is left to the server */
export function say(element, text) {
  if (!element || !text || MARKUP.test(text)) return;
  const inside = element.firstElementChild;
  // Texts on their own stand in paragraphs.
  if (inside?.localName === 'p' && element.childElementCount === 1) return say(inside, text);
  if (!inside && element.textContent !== text) element.textContent = text;
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
 * Pages that come and go, wherever the form lists them, and how many there are.
 * @param {Element} form @param {Map<string, boolean>} ways whether pages are hidden, by their names
 */
function showWays(form, ways) {
  if (!ways.size) return;
  for (const [name, isHidden] of ways)
    for (const item of form.querySelectorAll(`[data-way="${CSS.escape(name)}"]`))
      if (!isCurrent(item)) item.toggleAttribute('hidden', isHidden);
  for (const group of form.querySelectorAll('.form-groups > ol > li'))
    group.toggleAttribute('hidden', !group.querySelector('li:not([hidden])'));
  for (const list of form.querySelectorAll('.form-progress-box, .form-steps-box')) countIn(list);
  for (const button of form.querySelectorAll('button[data-ways]'))
    showButton(form, /** @type {HTMLButtonElement} */ (button));
}

/** @param {Element} form @param {HTMLButtonElement} button that is there while one of the pages is that it leads to */
function showButton(form, button) {
  const names = (button.dataset.ways ?? '').split('/');
  const leads = names.some((name) => form.querySelector(`[data-way="${CSS.escape(name)}"]:not([hidden])`));
  // Whoever stands on it is not thrown off; the server's answer decides.
  if (!leads && button === document.activeElement) return;
  button.hidden = !leads;
  button.disabled = !leads;
}

/** @param {Element} item of a list of pages @returns {boolean} whether it is the page that is shown */
function isCurrent(item) {
  return item.matches('[aria-current], :has([aria-current])');
}

/** @param {Element} list of pages, with what says how many there are */
function countIn(list) {
  const shown = [...list.querySelectorAll('li:not([hidden])')];
  const current = 1 + shown.findIndex(isCurrent);
  const words = list.querySelector('.form-progress');
  const told = words?.getAttribute('data-words')?.replace('#1', String(current));
  if (words && told) words.textContent = told.replace('#2', String(shown.length));
  const bar = list.querySelector('progress');
  if (bar) [bar.max, bar.value] = [shown.length, current];
  if (words) list.toggleAttribute('hidden', shown.length < 2);
  for (const [place, item] of shown.entries()) say(item.querySelector('[data-number]'), String(place + 1));
  say(list.querySelector('summary [data-number]'), String(current));
  say(list.querySelector('summary [data-count]'), String(shown.length));
}

/**
 * @param {HTMLFormElement} form @param {Map<string, string>} values what was worked out for fields, by their names
 */
function showValues(form, values) {
  for (const [name, text] of values) for (const field of fieldsOf(form, name)) fill(field, text);
}

/** @param {HTMLInputElement} field @param {string} text */
function fill(field, text) {
  if (field === document.activeElement) return;
  if (field.matches('[type="radio"]')) field.checked = field.value === text;
  else if (field.matches('[type="checkbox"]')) field.checked = text.split(',').includes(field.value);
  else if (field.type !== 'hidden' && field.value !== text) field.value = text;
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
  return fieldsOf(form, name).flatMap((field) => {
    if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map(({ value }) => value);
    return field.matches('[type="radio"], [type="checkbox"]') && !field.checked ? [] : [field.value];
  });
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement[]} */
export function fieldsOf(form, name) {
  const found = form.elements.namedItem(name);
  return /** @type {HTMLInputElement[]} */ (
    found instanceof RadioNodeList ? [...found] : found ? [found] : []
  );
}
