import '../islands/draft_editor.js';
import '../islands/edit_question.js';
import '../islands/editor_sheets.js';
import '../islands/field_drag.js';
import '../islands/field_search.js';
import '../islands/field_tree.js';
import '../islands/pattern_tester.js';
