import type { SourceFile } from '../../../src/core/task/task.ts';
import type { Attack } from '../attack.ts';

const names = {
  'up and out': '../left.py',
  'up in the middle': 'a/../../left.py',
  'from the top': '/tmp/left.py',
  'the way of Windows': '..\\left.py',
  'a drive': 'C:\\left.py',
  'a folder of the runner’s': '.tiebreak/call.py',
  'a file that is a folder': 'main.py/left.py',
  'a zero': 'left\0.py',
  nothing: '',
};

const main: SourceFile = { path: 'main.py', text: 'print("contained")\n' };

/** Files with names that would put them outside of the answer's folder. */
export const nameAttacks: readonly Attack[] = Object.entries(names).map(([title, path]) => ({
  name: `a file name: ${title}`,
  tries: `It names one of its files ${JSON.stringify(path)}.`,
  answer: [main, { path, text: 'print("reached")\n' }],
  verdict: 'error',
}));
