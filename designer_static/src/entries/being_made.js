// What pages load that wait for something the runtime makes.
import '../islands/being_made.js';
