import * as z from 'zod';
import type { Diagnostic } from '../core/run/diagnostic.ts';
import type { Check } from './check.ts';
import { installedTool } from './installedTool.ts';
import { localCheck, type LocalCheck } from './localCheck.ts';
import { afterHash, masked } from './silencing.ts';
import type { Workbench } from './tool.ts';

const packages = {
  dnf: 'ShellCheck',
  zypper: 'ShellCheck',
  brew: 'shellcheck',
  winget: 'koalaman.shellcheck',
  page: 'https://www.shellcheck.net',
};

/** ShellCheck for Bash, without its settings files. */
export function createShellcheck(bench: Workbench, find = installedShellcheck()): Check {
  return localCheck(bench, {
    id: 'shellcheck',
    languages: ['bash'],
    extensions: ['.sh', '.bash'],
    find,
    over: (found, files, paths) => ({
      files: masked(files, afterHash('shellcheck')),
      argv: [found.program, '--norc', '--format=json1', '--shell=bash', ...paths],
      reservesMemory: true,
      read: ({ stdout }) => outputSchema.parse(JSON.parse(stdout)).comments.map(diagnostic),
    }),
  });
}

function installedShellcheck(): LocalCheck['find'] {
  return installedTool({
    names: ['shellcheck'],
    version: /^version: (\S+)/m,
    missing: 'ShellCheck',
    package: 'shellcheck',
    packages,
  });
}

const commentSchema = z.object({
  file: z.string(),
  line: z.int(),
  endLine: z.int(),
  column: z.int(),
  endColumn: z.int(),
  level: z.enum(['error', 'warning', 'info', 'style']),
  code: z.int(),
  message: z.string(),
});
const outputSchema = z.object({ comments: z.array(commentSchema) });

/** ShellCheck's lines and columns count from 1, like ours. Codes SC1xxx are syntax errors. */
function diagnostic(comment: z.infer<typeof commentSchema>): Diagnostic {
  const { file, line, endLine, column, endColumn, level, code, message } = comment;
  return {
    file,
    range: { startLine: line, startColumn: column, endLine, endColumn },
    severity: level === 'style' ? 'info' : level,
    code: `SC${code}`,
    message,
    source: 'shellcheck',
    category: code < 2000 ? 'syntax' : level === 'style' ? 'style' : 'other',
  };
}
