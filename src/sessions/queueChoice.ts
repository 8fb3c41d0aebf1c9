import type { QueueFilter, QueueOrder, QueueSort, TaskState } from '../store/store.ts';

/** The filter, order and grouping that a person chose for the queue. */
export interface QueueChoice {
  readonly languages?: readonly string[];
  readonly tags?: readonly string[];
  readonly states?: readonly TaskState[];
  /** Names of files of import; `null` stands for tasks whose file is unknown. */
  readonly files?: readonly (string | null)[];
  readonly text?: string;
  readonly sort: QueueSort;
  /** Whether the queue is grouped by file of import. */
  readonly grouped?: boolean;
}

/** The filter that a choice stands for: a list in which nothing is selected does not restrict the queue. */
export function filterOf({
  languages,
  tags,
  states,
  files,
  text,
}: QueueChoice): Omit<QueueFilter, 'evaluator'> {
  const isSelected = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;
  return {
    ...(isSelected(languages) && { languages: languages! }),
    ...(isSelected(tags) && { tags: tags! }),
    ...(isSelected(states) && { states: states! }),
    ...(isSelected(files) && { files: files! }),
    ...(text !== undefined && text.trim() !== '' && { text: text.trim() }),
  };
}

/** The order of the queue as it is shown: group by group if it is grouped. */
export function orderOf({ sort, grouped = false }: QueueChoice): QueueOrder {
  return grouped ? ['file', sort] : sort;
}

/** The choice without its filter. */
export function unfiltered({ sort, grouped = false }: QueueChoice): QueueChoice {
  return { sort, ...(grouped && { grouped }) };
}
