/** A line of a file that a text names, such as in a traceback: `[start, end)` in the text. */
export interface CodePlace {
  readonly start: number;
  readonly end: number;
  readonly file: string;
  readonly line: number;
}

/** A file as the panel has it. */
interface KnownFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** The text between the name of a file and the line: `", line 3`, `: line 3`, ` on line 3`, ` line 3`, `:3`. */
const lineForm = /"?[,:]? (?:on )?line (\d{1,7})|:(\d{1,7})/y;

/** A line of a case's source that a text tells, `line 3: assert f() == 1`: `[start, end)` in the text. */
export interface CaseLinePlace {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Least characters of a line of code that a text must quote after its number. */
const quoted = 40;

/** The lines of a case's source that a text tells with their code. */
export function caseLinePlaces(text: string, source: string): CaseLinePlace[] {
  const lines = source.split('\n').map((line) => line.trim());
  return Array.from(text.matchAll(/(?<=^|\(|: )line (\d{1,7})(?=: )/gm)).flatMap((found) => {
    const [words, number] = found;
    const code = lines[Number(number) - 1];
    const end = found.index + words.length;
    const isOfSource = code !== undefined && code !== '' && text.startsWith(code.slice(0, quoted), end + 2);
    return isOfSource ? [{ start: found.index, end, line: Number(number) }] : [];
  });
}

/** The lines of known files that a text names, in order. Takes linear time for each file. */
export function codePlaces(text: string, files: readonly KnownFile[]): CodePlace[] {
  const places = files.flatMap((file) => placesOf(text, file));
  return places.toSorted((one, other) => one.start - other.start);
}

function placesOf(text: string, { path, lines }: KnownFile): CodePlace[] {
  const places: CodePlace[] = [];
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + path.length)) {
    if (!isWholePath(text, at)) continue;
    lineForm.lastIndex = at + path.length;
    const found = lineForm.exec(text);
    const line = Number(found?.[1] ?? found?.[2]);
    if (found !== null && line >= 1 && line <= lines.length)
      places.push({ start: at, end: lineForm.lastIndex, file: path, line });
  }
  return places;
}

/** Whether a path begins at this offset: not inside a longer name, and not in one of Tiebreak's own folders. */
function isWholePath(text: string, at: number): boolean {
  return !/[\w.-]/.test(text[at - 1] ?? ' ') && !text.slice(Math.max(0, at - 10), at).endsWith('.tiebreak/');
}
