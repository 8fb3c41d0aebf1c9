import type { Documents } from '../documents/documents.ts';
import type { Host } from '../host/host.ts';
import type { Desks } from '../panel/desks.ts';
import type { TaskImporter } from '../transfer/importTasks.ts';
import type { Views } from '../views/views.ts';

/** The parts that commands act on. */
export interface Services extends Host, Desks, Documents {
  readonly importer: TaskImporter;
  readonly views: Views;
}
