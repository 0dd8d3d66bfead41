// htmx for everybody who needs it. Its extensions look for it on the window.
import htmx from 'htmx.org';

/** @type {any} */ (window).htmx = htmx;

export default htmx;
