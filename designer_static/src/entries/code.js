// What pages with a code editor load; the editor itself comes on demand.
import '../islands/code_editor.js';
