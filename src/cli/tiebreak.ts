import { nodeVersionProblem } from './nodeVersion.ts';

// Load the rest only after the check: an older Node.js cannot even parse it.
const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  const { runCommandLine } = await import('./main.ts');
  await runCommandLine(import.meta.dirname);
} else {
  process.stderr.write(`error: ${problem}\n`);
  // The exit code "failure". The table of exit codes is not loaded yet.
  process.exitCode = 3;
}
