import '../islands/crop_frame.js';
