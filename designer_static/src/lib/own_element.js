/**
 * An app's own element, inside its frame. It is given what the form knows about it, and what it says goes back to the
 * form, which takes texts for the component's own bindings and nothing else.
 */

/** What the element of the app has: any properties. @typedef {HTMLElement & Record<string, unknown>} OwnElement */

export function startElement() {
  const { tag = '', texts = '{}' } = document.documentElement.dataset;
  const known = /** @type {Record<string, string>} */ (JSON.parse(texts));
  /** @type {OwnElement | undefined} */
  let element;
  addEventListener('message', async (event) => {
    if (event.source !== parent || event.data?.type !== 'show') return;
    await customElements.whenDefined(tag);
    if (!element) {
      element = /** @type {OwnElement} */ (document.createElement(tag));
      element.getTextResourceAsString = (/** @type {string} */ key) => known[key] ?? key;
      element.language = nested(known);
      give(element, event.data.input);
      document.body.append(element);
      tell({ type: 'shown' });
    } else give(element, event.data.input);
  });
  const heard = (/** @type {Event} */ event) => {
    const { value = null, field = 'simpleBinding' } = /** @type {CustomEvent} */ (event).detail ?? {};
    // A field holds one plain value; what has parts is none.
    if (typeof value !== 'object' || value === null)
      tell({ type: 'dataChanged', field, value: value === null ? '' : String(value) });
  };
  // On its way down: also an event that does not bubble is heard.
  document.addEventListener('dataChanged', heard, true);
  new ResizeObserver(() => tell({ type: 'height', height: document.documentElement.scrollHeight })).observe(
    document.body,
  );
  tell({ type: 'ready' });
}

/** @param {OwnElement} element @param {{ attributes: Record<string, string> } & Record<string, unknown>} input */
function give(element, { attributes, ...properties }) {
  for (const [name, value] of Object.entries(attributes)) if (isName(name)) element.setAttribute(name, value);
  Object.assign(element, properties);
}

/** The texts by the parts of their keys: {"a.b": "x"} as {a: {b: "x"}}. @param {Record<string, string>} texts */
function nested(texts) {
  /** @typedef {{ [part: string]: string | Branch }} Branch */
  const root = /** @type {Branch} */ (Object.create(null));
  for (const [key, text] of Object.entries(texts)) {
    const parts = key.split('.');
    const last = parts.pop() ?? '';
    let here = root;
    for (const part of parts) {
      if (typeof here[part] !== 'object') here[part] = Object.create(null);
      here = /** @type {Branch} */ (here[part]);
    }
    here[last] ??= text;
  }
  return root;
}

/** @param {string} name whether an attribute can be called so */
function isName(name) {
  return /^[A-Za-z_][\w.-]*$/.test(name);
}

/** @param {Record<string, unknown>} message to the form, whose origin this frame cannot know */
function tell(message) {
  parent.postMessage(message, '*');
}
