/** Whether a JSONL text has tasks: some line has an object with answers. Logs and tables are also JSONL. */
export function holdsTasks(text: string): boolean {
  return /^[ \t]*\{.*"answers"\s*:/m.test(text);
}
