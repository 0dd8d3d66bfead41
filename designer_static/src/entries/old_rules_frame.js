// Runs in the frame of old rules (pages/old_rules.py): hands calls to the app's code and answers to the form.
import { startOldRules } from '../lib/old_rules_frame.js';

startOldRules();
