import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Logger {
  info(message: string): void;
  warn(message: string): void;
  setLevel(level: number): void;
  clearFormatters(): void;
}
type Create = (name: string, path: string, bytes: number, files: number) => Promise<Logger>;

describe('the log of the editor that npm start opens', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tiebreak-log-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const create = async (path: string, bytes = 1 << 20): Promise<Logger> => {
    const { createAsyncRotatingLogger } = createRequire(import.meta.url)(
      '../../scripts/lib/editorLogger.cjs',
    ) as { createAsyncRotatingLogger: Create };
    return createAsyncRotatingLogger('test', path, bytes, 1);
  };

  it('has a line for each message of the set level or above, with time and level', async () => {
    const path = join(folder, 'deep/Tiebreak.log');
    const logger = await create(path);
    logger.info('opened');
    logger.setLevel(3);
    logger.info('not shown');
    logger.warn('locked');
    const lines = readFileSync(path, 'utf8').replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}/gm, 'TIME');
    assert.equal(lines, 'TIME [info] opened\nTIME [warning] locked\n');
  });

  it('is rotated when it is too large, and keeps the text of output channels unchanged', async () => {
    const path = join(folder, 'Output.log');
    const logger = await create(path, 4);
    logger.clearFormatters();
    logger.info('first');
    logger.info('second');
    assert.equal(readFileSync(`${path}.1`, 'utf8'), 'first');
    assert.equal(readFileSync(path, 'utf8'), 'second');
  });
});
