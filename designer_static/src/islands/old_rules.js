/**
 * The rules of older apps (RuleHandler.js), while somebody fills in. Their code runs in a frame without rights; here fields
 * are read for it, and what it says is shown: components come and go, and results are written as if they had been typed.
 *
 *   <old-rules data-source="address of the frame" data-rules="[…]"></old-rules>, beside a form with
 *   <input type="hidden" name=":old-rules"> and <script type="application/json" id="old-rules-data">
 */
import { typedValue } from '../domain/form_values.js';
import { askedIn, asTyped, hiddenBy, valueAt } from '../domain/old_rules.js';
import { fieldsOf, textsOf } from '../lib/rule_parts.js';

/** @typedef {import('../domain/old_rules.js').Asked} Asked */

// Results may be inputs of other rules. What has not come to rest by then never will.
const MOST_ROUNDS = 20;

class OldRules extends HTMLElement {
  /** @type {HTMLIFrameElement | undefined} */
  #frame;
  #sheet = new CSSStyleSheet();
  #observer = new MutationObserver(() => this.#ask());
  /** @type {import('../domain/old_rules.js').OldRule[]} */
  #rules = [];
  /** @type {Asked[]} */
  #asked = [];
  #id = 0;
  #rounds = 0;
  /** The number of the question that was answered last. */
  #answered = -1;
  /** Who waits for the rules to come to rest. @type {(() => void)[]} */
  #waiting = [];
  /** The inputs that a result was last worked out for, or was drawn with, by its field. @type {Map<string, string>} */
  #inputs = new Map();
  /** Results for fields that are on other pages. @type {Map<string, unknown>} */
  #elsewhere = new Map();
  /** The results that the form knows of, as JSON. */
  #told = '{}';

  connectedCallback() {
    if (this.#frame || !this.#form) return;
    this.#rules = JSON.parse(this.dataset.rules ?? '[]');
    this.#remember();
    document.adoptedStyleSheets.push(this.#sheet);
    addEventListener('message', this);
    this.#form.addEventListener('input', this);
    this.#form.addEventListener('change', this);
    const data = this.#form.querySelector('#old-rules-data');
    if (data) this.#observer.observe(data, { childList: true, characterData: true, subtree: true });
    this.#frame = document.createElement('iframe');
    this.#frame.setAttribute('sandbox', 'allow-scripts');
    this.#frame.hidden = true;
    this.#frame.src = this.dataset.source ?? '';
    this.append(this.#frame);
  }

  disconnectedCallback() {
    removeEventListener('message', this);
    this.#observer.disconnect();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    this.#frame?.remove();
    this.#frame = undefined;
    this.#rest();
  }

  /** Once nothing that was written waits for a result. @returns {Promise<void>} */
  get settled() {
    if (!this.#frame || this.#answered === this.#id) return Promise.resolve();
    return new Promise((go) => this.#waiting.push(() => go()));
  }

  #rest() {
    for (const go of this.#waiting.splice(0)) go();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof MessageEvent) return this.#heard(event);
    if (event.isTrusted) this.#rounds = 0;
    this.#ask();
  }

  get #form() {
    return /** @type {HTMLFormElement | null} */ (
      this.closest('form-page')?.querySelector('form.form') ?? null
    );
  }

  /** @param {MessageEvent} event */
  #heard({ source, origin, data }) {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== 'null') return;
    if (data?.type === 'ready') this.#ask();
    if (data?.type !== 'ran' || data.id !== this.#id || !Array.isArray(data.values)) return;
    this.#answered = data.id;
    this.#show(data.values);
    // A result may have been an input of another rule.
    if (this.#answered === this.#id) this.#rest();
  }

  /**
   * A result counts when an input has changed, and not when a page is opened or a row has come. So the inputs are known as
   * the server drew them, also those that were written into before this code or its frame was there.
   */
  #remember() {
    const form = this.#form;
    if (!form) return;
    const data = dataIn(form);
    for (const asked of askedIn(this.#rules, data))
      if (asked.rule.action === 'write' && !this.#inputs.has(asked.key))
        this.#inputs.set(asked.key, this.#inputsOf(form, asked, data, textsAsDrawn));
  }

  #ask() {
    const form = this.#form;
    if (!form) return;
    const data = dataIn(form);
    this.#asked = askedIn(this.#rules, data);
    this.#remember();
    this.#id += 1;
    const calls = this.#asked.map(({ rule, paths }) => {
      const inputs = Object.entries(paths).map(([name, path]) => [
        name,
        this.#read(form, rule, name, path, data),
      ]);
      return [
        rule.holder,
        rule.function,
        Object.fromEntries(inputs.filter(([, value]) => value !== undefined)),
      ];
    });
    // The frame has no origin to address; that it stays on this site is the page's policy (frame-src).
    this.#frame?.contentWindow?.postMessage({ type: 'run', id: this.#id, calls }, '*');
  }

  /**
   * @param {HTMLFormElement} form @param {import('../domain/old_rules.js').OldRule} rule @param {string} name of the input
   * @param {string} path @param {any} data @param {typeof textsOf} textsIn how the fields of a form are read
   * @returns {unknown} what stands there now; undefined for no answer
   */
  #read(form, rule, name, path, data, textsIn = textsOf) {
    if (fieldsOf(form, path).length) {
      const texts = textsIn(form, path);
      const control = rule.controls[rule.inputs[name] ?? ''];
      const value = control ? typedValue(texts, control) : texts[0];
      return value === undefined ? texts[0] || undefined : (value ?? undefined);
    }
    if (this.#elsewhere.has(path)) return this.#elsewhere.get(path) ?? undefined;
    return valueAt(data, path);
  }

  /** @param {unknown[]} values */
  #show(values) {
    const hidden = hiddenBy(this.#asked, values);
    // A style sheet and no attributes: the server's answers put those back as they are without the rules.
    this.#sheet.replaceSync(
      [...hidden].map((key) => `#c-${CSS.escape(key)} { display: none !important; }`).join('\n'),
    );
    this.#asked.forEach((asked, place) => {
      if (asked.rule.action === 'write') this.#write(asked, values[place]);
    });
    this.#tell(hidden);
  }

  /** What the page says of its rules goes along with every save; a result that no field shows brings one about. @param {Set<string>} hidden */
  #tell(hidden) {
    const field = /** @type {HTMLInputElement | null} */ (this.#form?.elements.namedItem(':old-rules'));
    if (!field) return;
    const results = Object.fromEntries([...this.#elsewhere].map(([name, value]) => [name, asTyped(value)]));
    field.value = JSON.stringify({ hidden: [...hidden], results });
    const told = JSON.stringify(results);
    if (told === this.#told) return;
    this.#told = told;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** @param {Asked} asked @param {unknown} value */
  #write(asked, value) {
    const form = this.#form;
    if (!form) return;
    const { key } = asked;
    const inputs = this.#inputsOf(form, asked, dataIn(form));
    const before = this.#inputs.get(key);
    this.#inputs.set(key, inputs);
    if (before === inputs || value === undefined || this.#rounds >= MOST_ROUNDS) return;
    this.#rounds += 1;
    const fields = fieldsOf(form, key).filter(({ type }) => type !== 'hidden');
    if (!fields.length) {
      this.#elsewhere.set(key, value);
      return;
    }
    for (const field of fields) fill(field, asTyped(value));
  }

  /** @param {HTMLFormElement} form @param {Asked} asked @param {any} data @param {typeof textsOf} [textsIn] @returns {string} what a rule is given */
  #inputsOf(form, { rule, paths }, data, textsIn) {
    return JSON.stringify(
      Object.entries(paths).map(([name, path]) => this.#read(form, rule, name, path, data, textsIn) ?? null),
    );
  }
}

/** @param {HTMLFormElement} form @returns {any} the part of the data that the rules read, as the server last told it */
function dataIn(form) {
  return JSON.parse(form.querySelector('#old-rules-data')?.textContent || '{}');
}

/** @param {HTMLFormElement} form @param {string} name @returns {string[]} what the server drew in a field, whatever was written since */
function textsAsDrawn(form, name) {
  return fieldsOf(form, name).flatMap((field) => {
    if (field instanceof HTMLSelectElement)
      return [...field.options].filter((option) => option.defaultSelected).map(({ value }) => value);
    if (field.matches('[type="radio"], [type="checkbox"]')) return field.defaultChecked ? [field.value] : [];
    return [field.defaultValue];
  });
}

/** As a person would. @param {HTMLInputElement} field @param {string} text */
function fill(field, text) {
  if (field.matches('[type="radio"], [type="checkbox"]')) {
    const chosen = text.split(',').includes(field.value);
    if (field.checked === chosen) return;
    field.checked = chosen;
  } else if (field.value === text) return;
  else field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

customElements.define('old-rules', OldRules);
