// Runs in the frame of an app's own element (pages/own_code.py): makes the element and speaks for it.
import { startElement } from '../lib/own_element.js';

startElement();
