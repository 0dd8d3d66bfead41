// Says plainly when a request of htmx could not reach the server. The words come from the page.

/** Show the page's words about a lost connection in the region for messages. */
function sayLost() {
  const region = document.getElementById('messages');
  const words = /** @type {HTMLTemplateElement | null} */ (document.getElementById('message-no-connection'));
  if (region && words) region.replaceChildren(words.content.cloneNode(true));
}

document.addEventListener('htmx:sendError', sayLost);
document.addEventListener('htmx:timeout', sayLost);
