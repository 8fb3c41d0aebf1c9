/** Lines as they arrive in pieces. Each batch takes as many as it has inputs. */
export interface LineQueue {
  add(data: Buffer): void;
  /** Resolves when this many lines are there. */
  take(count: number): Promise<string[]>;
  /** The lines so far, at most this many. */
  rest(count: number): string[];
}

export function createLineQueue(): LineQueue {
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let part = '';
  let waiting: (() => void) | undefined;
  return {
    add(data) {
      const pieces = (part + decoder.decode(data, { stream: true })).split('\n');
      part = pieces.pop() ?? '';
      lines.push(...pieces);
      waiting?.();
    },
    take: (count) =>
      new Promise((resolve) => {
        waiting = () => {
          if (lines.length < count) return;
          waiting = undefined;
          resolve(lines.splice(0, count));
        };
        waiting();
      }),
    rest: (count) => lines.splice(0, count),
  };
}
