// What forms load for somebody who fills them in (form.js).
import '../islands/choice_filter.js';
import '../islands/custom_frame.js';
import '../islands/form_page.js';
import '../islands/map_view.js';

// Only forms of older apps have such rules, and not on all pages: those of subforms have none.
function learnOldRules() {
  if (document.querySelector('old-rules')) import('../islands/old_rules.js');
}
learnOldRules();
document.addEventListener('page-turned', learnOldRules);

// After a full page load with errors the reader begins at the summary, as after every other.
document.getElementById('error-summary')?.focus();
