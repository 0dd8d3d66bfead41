import '../islands/app_presence.js';
import '../islands/import_form.js';
import '../islands/undo_keys.js';
