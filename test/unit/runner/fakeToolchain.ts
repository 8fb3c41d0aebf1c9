import type { FoundToolchain, Toolchain } from '../../../src/runner/toolchains/toolchain.ts';
import type { Toolchains } from '../../../src/runner/toolchains/toolchains.ts';

/** A language in which every program passes; the text of its first file is the command. */
export function fakeToolchain(): Toolchain {
  return {
    language: 'fake',
    mainFile: 'main',
    kinds: ['call'],
    reservesMemory: false,
    selfTest: { hello: '', same: '' },
    detect: found,
    program: (_, { files }) => ({
      argv: files.map((file) => ('text' in file ? file.text : '')),
      files,
      env: {},
    }),
    read: () => ({ verdict: 'pass' }),
  };
}

export async function found(): Promise<FoundToolchain> {
  return { language: 'fake', name: 'Fake', version: '1', program: process.execPath, readOnly: [] };
}

/** Only this toolchain. */
export function fakeToolchains(toolchain: Toolchain): Toolchains {
  return {
    languages: [toolchain.language],
    find: () => toolchain,
    toolchain: () => toolchain,
    detect: () => toolchain.detect(),
    forget: () => {},
  };
}
