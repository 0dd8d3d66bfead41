/**
 * Posts of a form. What the form carries counts for one session: after somebody has signed in anew, it is fetched once more, and
 * the same is sent again.
 */

/**
 * @param {HTMLFormElement} form @param {URLSearchParams} body @param {RequestInit} [more]
 * @returns {Promise<Response | null>} null where nobody is signed in any more
 */
export async function post(form, body, more = {}) {
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem('csrf_token'));
  const send = () => {
    body.set('csrf_token', token.value);
    return fetch(form.action, { ...more, method: 'POST', body });
  };
  const answer = await send();
  if (answer.status !== 400 && !isSignIn(answer, form)) return answer;
  const page = await fetch(form.action);
  if (isSignIn(page, form)) return null;
  const fresh = new DOMParser().parseFromString(await page.text(), 'text/html');
  const [now] = /** @type {NodeListOf<HTMLInputElement>} */ (
    fresh.querySelectorAll('form.form [name="csrf_token"]')
  );
  if (!now) return answer;
  token.value = now.value;
  return send();
}

/** @param {Response} answer @param {HTMLFormElement} form */
function isSignIn({ url }, form) {
  return new URL(url).pathname === form.dataset.signIn;
}
