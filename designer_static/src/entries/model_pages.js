// What the pages around a data model load: making a form of it.
import '../islands/field_choice.js';
