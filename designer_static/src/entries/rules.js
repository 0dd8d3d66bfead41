import '../islands/draft_editor.js';
import '../islands/rule_tree.js';
import '../islands/search_select.js';
