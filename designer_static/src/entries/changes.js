import '../islands/page_pictures.js';
