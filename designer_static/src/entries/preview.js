import '../islands/form_preview.js';
