/**
 * Rules of an older app, inside their frame. The code runs in a worker: one that does not answer in time is ended, and a
 * new one is begun for what comes next. In: {type: "run", id, calls: [[object, function, inputs]]}.
 * Out: {type: "ready"} and {type: "ran", id, values}, where a call that failed has no value (undefined).
 */
const PATIENCE = 1000;
const MOST_ENDED = 3;

// Behind the app's code, which may declare its objects in any way.
const DISPATCH = `
;self.onmessage = ({ data: { id, calls } }) => {
  const values = calls.map(([holder, name, inputs]) => {
    try {
      const object = holder === 'ruleHandlerObject' ? ruleHandlerObject : conditionalRuleHandlerObject;
      const value = object[name](inputs);
      return value !== null && ['object', 'function', 'symbol'].includes(typeof value) ? undefined : value;
    } catch {
      return undefined;
    }
  });
  self.postMessage({ id, values });
};`;

export function startOldRules() {
  const code = document.documentElement.dataset.code ?? '';
  const address = URL.createObjectURL(new Blob([code, DISPATCH], { type: 'text/javascript' }));
  let ended = 0;
  /** @type {Worker | undefined} */
  let worker;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {{id: number, calls: unknown[]}} asked */
  function run(asked) {
    clearTimeout(timer);
    if (ended === MOST_ENDED) return giveUp(asked);
    worker ??= started();
    timer = setTimeout(() => {
      worker?.terminate();
      worker = undefined;
      ended += 1;
      giveUp(asked);
    }, PATIENCE);
    worker.postMessage({ id: asked.id, calls: asked.calls });
  }

  /** @param {{id: number, calls: unknown[]}} asked Nobody waits for it any longer. */
  function giveUp({ id, calls }) {
    tell({ type: 'ran', id, values: calls.map(() => undefined) });
  }

  function started() {
    const made = new Worker(address);
    made.onmessage = ({ data }) => {
      clearTimeout(timer);
      tell({ type: 'ran', id: data?.id, values: data?.values });
    };
    return made;
  }

  addEventListener('message', (event) => {
    if (event.source === parent && event.data?.type === 'run') run(event.data);
  });
  tell({ type: 'ready' });
}

/** @param {Record<string, unknown>} message to the form, whose origin this frame cannot know */
function tell(message) {
  parent.postMessage(message, '*');
}
