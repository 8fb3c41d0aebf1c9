import { controlMark, type Control } from '../../control/controlSource.ts';
import { programText } from '../../programText.ts';
import { frameworkOf, pythonString } from './wrapper.ts';

const program = programText(import.meta.url, './wrapper/control.py');

/** Names of built-in functions that tests compare with; an answer that defines one may have replaced it. */
const replaced =
  'all|any|abs|isinstance|len|sorted|str|repr|set|list|tuple|round|sum|type|max|min|isclose|zip|enumerate|range|map|check|AssertionError';

/** Methods that change neither how values compare nor what a function is. */
const harmless =
  'init|name|main|str|repr|len|iter|next|getitem|setitem|delitem|hash|call|enter|exit|doc|all|version|author|post_init|slots|add|mul|truediv|neg';

/**
 * Without one of these words, Python code cannot replace a function that tests use, nor make an object that is equal to others. Special
 * methods count, and every way to reach a module or an attribute by a text.
 */
export const pythonControls: readonly Control[] = [
  {
    suspects: new RegExp(
      `__(?!(?:${harmless})__)\\w+__|\\b(?:exec|eval|compile|globals|locals|vars|getattr|setattr|delattr|unittest|pytest|mock|builtins|` +
        'importlib|inspect|ctypes|gc|atexit|modules|_getframe|settrace|operator|functools\\.singledispatch|' +
        'os|sys\\.(?!stdin|stdout|maxsize|argv|setrecursionlimit|exit\\(\\s*main)\\w+|SystemExit|quit|type\\([^()]*,)\\b|' +
        `(?:\\bdef|\\bclass|\\bas|\\bglobal)\\s+(?:${replaced})\\b|^(?:${replaced})\\s*=|\\bmath\\.\\w+\\s*=[^=]|import\\s+\\*`,
      'm',
    ),
    control(testCase) {
      const framework = frameworkOf(testCase);
      const names = `{"NAMES": globals(), "SOURCE": ${pythonString(testCase.source)}, "FRAMEWORK": ${pythonString(framework ?? '')}, "MARK": ${pythonString(controlMark)}}`;
      const source = `exec(compile(${pythonString(program)}, "control.py", "exec", dont_inherit=True), ${names})\n`;
      return { ...testCase, source, ...(framework === undefined ? {} : { framework }) };
    },
  },
];
