import { tiebreakError } from '../core/errors.ts';
import { bash } from './languages/bash.ts';
import { c } from './languages/c.ts';
import { cpp } from './languages/cpp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { javascript } from './languages/javascript.ts';
import { perl } from './languages/perl.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { r } from './languages/r.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import { createPostgres, mysql, sql } from './languages/sql.ts';
import { createTypeScript } from './languages/typescript.ts';
import type { FoundToolchain, MissingToolchain, Toolchain } from './toolchain.ts';

/** The languages that answers can be run in. */
export interface Toolchains {
  readonly languages: readonly string[];
  /** The toolchain of a language by its name or an alias, in any case. */
  find(language: string): Toolchain | undefined;
  /** The same; throws `language-unsupported`. */
  toolchain(language: string): Toolchain;
  /** What is on this machine; looked for once, and again after it was missing. */
  detect(language: string): Promise<FoundToolchain | MissingToolchain>;
}

/** `checkersDir` is the folder of the checkers that ship with Tiebreak. */
export function createToolchains(checkersDir: string): Toolchains {
  const all = [
    python,
    javascript,
    createTypeScript(checkersDir),
    bash,
    c,
    cpp,
    go,
    java,
    mysql,
    perl,
    php,
    createPostgres(checkersDir),
    r,
    ruby,
    rust,
    sql,
  ];
  const runnable = all.filter(({ kinds }) => kinds.length > 0).map(({ language }) => language);
  const found = new Map<string, Promise<FoundToolchain | MissingToolchain>>();

  function find(language: string): Toolchain | undefined {
    const name = language.toLowerCase();
    return all.find((candidate) => candidate.language === name || candidate.aliases.includes(name));
  }

  function toolchain(language: string): Toolchain {
    const match = find(language);
    if (match !== undefined) return match;
    throw tiebreakError('language-unsupported', {
      what: `answers in "${language}" cannot be run`,
      mend: `Languages that can be run: ${runnable.join(', ')}`,
    });
  }

  return {
    languages: runnable,
    find,
    toolchain,
    async detect(language) {
      const wanted = toolchain(language);
      const looking = found.get(wanted.language) ?? wanted.detect();
      found.set(wanted.language, looking);
      const result = await looking;
      // The person may install it meanwhile.
      if ('missing' in result) found.delete(wanted.language);
      return result;
    },
  };
}
