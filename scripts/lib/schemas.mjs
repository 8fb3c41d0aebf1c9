import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inRoot } from './paths.mjs';

/**
 * Generates the JSON Schemas of task and rubric from the zod schemas and writes them to a folder.
 * @param {string} folder
 */
export async function writeSchemas(folder) {
  const schemas = Object.entries(await jsonSchemas());
  await mkdir(folder, { recursive: true });
  await Promise.all(
    schemas.map(([name, schema]) =>
      writeFile(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`),
    ),
  );
}

/**
 * Bundles the schemas first, because the Node that runs the build may be unable to load TypeScript.
 * @returns {Promise<Record<string, unknown>>}
 */
async function jsonSchemas() {
  const { outputFiles } = await build({
    entryPoints: [inRoot('src/core/files/jsonSchemas.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0]?.text ?? '').toString('base64');
  const module = /** @type {{ jsonSchemas(): Record<string, unknown> }} */ (
    await import(`data:text/javascript;base64,${code}`)
  );
  return module.jsonSchemas();
}
