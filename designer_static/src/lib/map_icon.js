import * as L from 'leaflet';

const PIN =
  '<svg viewBox="0 0 24 32" width="30" height="40" aria-hidden="true"><path fill="currentColor" stroke="#fff" stroke-width="1.5" d="M12 1a11 11 0 0 0-11 11c0 8 11 19 11 19s11-11 11-19A11 11 0 0 0 12 1Z"/><circle cx="12" cy="12" r="4" fill="#fff"/></svg>';

/** The sign of a point: drawn here, so that no picture has to be fetched. */
export function pointIcon() {
  return L.divIcon({ html: PIN, className: 'form-map-pin', iconSize: [30, 40], iconAnchor: [15, 39] });
}
