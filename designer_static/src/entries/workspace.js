import '../islands/import_form.js';
import '../islands/undo_keys.js';
