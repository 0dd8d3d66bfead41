// The files of an app as code.
import '../islands/code_editor.js';
import '../islands/code_file.js';
import '../islands/code_keys.js';
import '../islands/search_select.js';
