/**
 * Why the command line cannot run on this version of Node.js, and the remedy; `undefined` if it can. `engines` of
 * package.json names the same range. The bound is
 * `node:sqlite`, which needs a flag before 22.13 and in 23.0 to 23.3.
 */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const neededMinor = major === 22 ? 13 : 4;
  if (major > 23 || (major >= 22 && minor >= neededMinor)) return undefined;
  const needed = major === 23 ? '23.4' : '22.13';
  return `tiebreak needs Node.js ${needed} or newer; this is Node.js ${version}. Install a newer one from https://nodejs.org`;
}
