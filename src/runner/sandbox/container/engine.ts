import { askProgram, findProgram } from '../../toolchains/findProgram.ts';

/** Podman or Docker. */
export interface Engine {
  /** The path of its program. */
  readonly program: string;
  /** Options of `run` that the other engine does not have. */
  readonly options: readonly string[];
  /** Options of a file system in memory that the other engine does not have, each with a comma before it. */
  readonly memoryOptions: string;
}

/** Without folders of its own that programs can write to, and without the host's proxies, names and files. */
const podmanOptions = ['--read-only-tmpfs=false', '--http-proxy=false', '--no-hosts'];

/** The engine of this machine; `undefined` if there is none. A program `docker` may be Podman under another name. */
export async function findEngine(): Promise<Engine | undefined> {
  for (const name of ['podman', 'docker']) {
    const program = await findProgram(name);
    const version = program === undefined ? undefined : await askProgram(program, ['--version']);
    if (program === undefined || version === undefined) continue;
    return /podman/i.test(version)
      ? { program, options: podmanOptions, memoryOptions: ',notmpcopyup' }
      : { program, options: [], memoryOptions: '' };
  }
  return undefined;
}
