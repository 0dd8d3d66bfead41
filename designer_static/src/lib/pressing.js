/**
 * Nothing moves under what is being pressed. Leaving a field is the first half of a press elsewhere; if a message or a question
 * came up at that moment, the button would no longer be there for the second half, and the press would be lost.
 */
import { pause } from './waiting.js';

const PRESSED = ['a', 'button', 'label', 'select', 'summary', '[type="checkbox"]', '[type="radio"]']
  .map((each) => `form-page ${each}:active`)
  .join();
/** How often is looked whether it has been let go, and how long somebody may take before the page changes all the same, in milliseconds. */
const [AGAIN, LONGEST] = [20, 3000];

/** What is to be done, in its order. @type {(() => void)[]} */
let due = [];

/** @param {() => void} change of what is shown: made at once, or when nothing is being pressed any more */
export function whenReleased(change) {
  if (due.length) due.push(change);
  else if (isPressed()) {
    due = [change];
    release();
  } else change();
}

/** @returns {Promise<void>} once nothing is being pressed */
export function released() {
  return new Promise(whenReleased);
}

function isPressed() {
  // By a key it is what has the focus; by a pointer it is also all that it stands in. Without either, one does not go over all that
  // is on the page: this is asked after every letter.
  if (document.activeElement?.matches(PRESSED)) return true;
  return document.documentElement.matches(':active') && document.querySelector(PRESSED) !== null;
}

async function release() {
  const last = performance.now() + LONGEST;
  do await pause(AGAIN);
  while (isPressed() && performance.now() < last);
  const changes = due;
  due = [];
  for (const change of changes) change();
}
