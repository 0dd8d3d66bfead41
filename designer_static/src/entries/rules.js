import '../islands/search_select.js';
