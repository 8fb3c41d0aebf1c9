import { stat } from 'node:fs/promises';
import { otherNames } from '../../core/code/languages.ts';
import { tiebreakError } from '../../core/errors.ts';
import { bash } from '../languages/bash/toolchain.ts';
import { c } from '../languages/c/toolchain.ts';
import { cpp } from '../languages/cpp/toolchain.ts';
import { go } from '../languages/go/toolchain.ts';
import { java } from '../languages/java/toolchain.ts';
import { javascript } from '../languages/javascript/toolchain.ts';
import { perl } from '../languages/perl/toolchain.ts';
import { php } from '../languages/php/toolchain.ts';
import { python } from '../languages/python/toolchain.ts';
import { r } from '../languages/r/toolchain.ts';
import { ruby } from '../languages/ruby/toolchain.ts';
import { rust } from '../languages/rust/toolchain.ts';
import { createPostgres, mysql, sql } from '../languages/sql/toolchain.ts';
import { createTypeScript } from '../languages/javascript/typescript.ts';
import type { FoundToolchain, MissingToolchain, Toolchain } from './toolchain.ts';

/** The languages that can run answers. */
export interface Toolchains {
  readonly languages: readonly string[];
  /** Finds a toolchain by any of the language's names, in upper or lower case. */
  find(language: string): Toolchain | undefined;
  /** The same, but throws `language-unsupported` if there is no toolchain. */
  toolchain(language: string): Toolchain;
  /**
   * The toolchain on this machine. The result is kept until the program changes; a missing toolchain is
   * searched again each time.
   */
  detect(language: string): Promise<FoundToolchain | MissingToolchain>;
  /** Makes the next `detect` search again, because something that belongs to the toolchain was missing. */
  forget(language: string): void;
}

/** `checkersDir` is the folder of the checkers that ship with Tiebreak. */
export function createToolchains(checkersDir: string): Toolchains {
  return cachedToolchains([
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
  ]);
}

/** Toolchains with a cache: each is searched once, as long as it exists. */
export function cachedToolchains(all: readonly Toolchain[]): Toolchains {
  const runnable = all.filter(({ kinds }) => kinds.length > 0).map(({ language }) => language);
  const found = new Map<string, Detection>();

  function find(language: string): Toolchain | undefined {
    const name = language.toLowerCase();
    return all.find(
      (candidate) => candidate.language === name || otherNames(candidate.language).includes(name),
    );
  }

  function toolchain(language: string): Toolchain {
    const match = find(language);
    if (match !== undefined) return match;
    throw tiebreakError('language-unsupported', {
      what: `answers in "${language}" cannot be run`,
      remedy: `Languages that can be run: ${runnable.join(', ')}`,
    });
  }

  return {
    languages: runnable,
    find,
    toolchain,
    async detect(language) {
      const wanted = toolchain(language);
      const known = found.get(wanted.language);
      if (known !== undefined && (known.result === undefined || (await isCurrent(known.result))))
        return known.looking;
      // Another caller may have started a search in the meantime.
      const other = found.get(wanted.language);
      if (other !== undefined && other !== known) return other.looking;
      const begun = look(wanted);
      found.set(wanted.language, begun);
      return begun.looking;
    },
    forget: (language) => void found.delete(toolchain(language).language),
  };
}

/** A search for a toolchain. */
interface Detection {
  readonly looking: Promise<FoundToolchain | MissingToolchain>;
  /** The result, once the search has finished. */
  result?: Found;
}

/**
 * `changedAt` is when the program was last changed. "nothing" means that the program is missing or the search
 * failed.
 */
type Found = { readonly toolchain: FoundToolchain; readonly changedAt: number | undefined } | 'nothing';

function look(wanted: Toolchain): Detection {
  const begun: Detection = {
    looking: wanted.detect().then(
      async (found) => {
        begun.result =
          'missing' in found ? 'nothing' : { toolchain: found, changedAt: await changedAt(found.program) };
        return found;
      },
      (error: unknown) => {
        begun.result = 'nothing';
        throw error;
      },
    ),
  };
  return begun;
}

/**
 * Whether a search result is still valid: a missing program may have been installed, a program upgraded or
 * removed.
 */
async function isCurrent(found: Found): Promise<boolean> {
  return found !== 'nothing' && found.changedAt === (await changedAt(found.toolchain.program));
}

/** `undefined` if the program no longer exists. */
async function changedAt(program: string): Promise<number | undefined> {
  try {
    return (await stat(program)).mtimeMs;
  } catch {
    return undefined;
  }
}
