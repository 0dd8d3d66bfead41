import '../islands/draft_editor.js';
import '../islands/editor_sheets.js';
import '../islands/option_rows.js';
