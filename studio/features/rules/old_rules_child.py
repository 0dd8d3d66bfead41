"""Runs functions of a RuleHandler.js, alone in a process of its own that old_rules_engine.py starts.

The engine offers no files, no network and no timers; should it have a hole, the process is limited besides.
In: {code, calls: [[object, function, inputs]]}. Out: a list of {kind, value} for each call.
"""

import json
import resource
import sys

_MEMORY = 1024 * 1024 * 1024
_SECONDS = 2
_ENGINE_MEMORY = 64 * 1024 * 1024
# Each function is called with a copy of its inputs: it may write into them.
_CALL = """(function (text) {
  const answers = [];
  for (const [holder, name, inputs] of JSON.parse(text)) {
    try {
      const object = holder === 'ruleHandlerObject' ? ruleHandlerObject : conditionalRuleHandlerObject;
      const value = object[name](inputs);
      answers.push({ kind: typeof value, value: value === undefined || value !== value ? null : value });
    } catch (problem) {
      answers.push({ kind: 'error' });
    }
  }
  return JSON.stringify(answers);
})"""


def main() -> None:
    """Read what is asked from the standard input, and write the answers to the standard output."""
    asked = json.load(sys.stdin)
    import quickjs  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded before the process may open no more files

    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    context = quickjs.Context()
    context.set_memory_limit(_ENGINE_MEMORY)
    context.set_time_limit(_SECONDS)
    context.eval(asked["code"])
    answers = context.eval(_CALL)(json.dumps(asked["calls"]))
    sys.stdout.write(answers)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
