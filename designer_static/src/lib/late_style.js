/** A style sheet that few pages need, once for the page. @param {string} href @returns {Promise<void>} once it is there */
export function loadStyle(href) {
  if (!href || document.head.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  return new Promise((done, failed) => {
    link.onload = () => done();
    link.onerror = failed;
    document.head.append(link);
  });
}
