import {
  createHighlighterCore,
  type GrammarState,
  type HighlighterCore,
  type ThemedToken,
  type ThemeRegistrationRaw,
} from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { PanelHighlight } from '../../protocol/panel/state.ts';
import type { ColourJob } from '../review/answers.ts';
import { once } from '../once.ts';
import { grammars, grammarOf } from './grammars.ts';

/** Characters above which a line is not highlighted: an answer may be one line of a megabyte. */
const longestLine = 2_000;
/** Milliseconds that a line may take. */
const timeLimitMs = 400;

type Palette = PanelHighlight['palette'];

/** Highlights code in the colours of the person's theme. Loads each grammar on first use. */
export class Highlighter {
  readonly #core = once(() =>
    createHighlighterCore({ engine: createJavaScriptRegexEngine({ forgiving: true }) }),
  );

  /** Stops between two texts, with the colours so far, once the signal is aborted. */
  async highlight(
    jobs: readonly ColourJob[],
    theme: ThemeRegistrationRaw,
    signal?: AbortSignal,
  ): Promise<PanelHighlight> {
    const core = await this.#core();
    await core.loadTheme(theme);
    const palette = new PaletteBuilder();
    const lines: Record<string, number[][]> = {};
    for (const job of jobs) {
      if (signal?.aborted === true) break;
      const grammar = grammarOf(job.language);
      if (grammar === undefined) continue;
      if (!core.getLoadedLanguages().includes(grammar)) await core.loadLanguage(grammars[grammar]!);
      lines[job.key] = colourLines(core, job.text, grammar, theme.name!, palette);
      // Yields to other work of the extension host between two texts.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { palette: palette.entries, lines };
  }
}

/** Numbers the styles in use, so that a token carries a small number instead of a colour. */
class PaletteBuilder {
  readonly entries: Palette = [];
  readonly #indexes = new Map<string, number>();

  indexOf(color: string, fontStyle: number): number {
    const key = `${color} ${fontStyle}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      // Bits of TextMate's font style, as Shiki passes them on: 1 italic, 2 bold, 4 underline.
      const style = {
        italic: (fontStyle & 1) !== 0,
        bold: (fontStyle & 2) !== 0,
        underline: (fontStyle & 4) !== 0,
      };
      index = this.entries.push({ color, ...style }) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }
}

/**
 * The colours of each line, up to a line that takes too long: without its final state, later lines could only be guessed.
 */
function colourLines(
  core: HighlighterCore,
  text: string,
  lang: string,
  theme: string,
  palette: PaletteBuilder,
): number[][] {
  const lines = text.split(/\r?\n/);
  const coloured: number[][] = [];
  let state: GrammarState | undefined;
  for (const line of lines) {
    const tokens = tokensOfLine(core, line, lang, theme, state);
    if (tokens === undefined) break;
    state = core.getLastGrammarState(tokens);
    coloured.push(pairsOf(tokens.flat(), palette));
  }
  return lines.map((_, index) => coloured[index] ?? []);
}

/**
 * The tokens of a line; `undefined` if it takes too long. The tokenizer stops at the limit without reporting it, and the
 * first line of a language also includes the time to compile its expressions. Therefore a line that may have been cut is read
 * a second time.
 */
function tokensOfLine(
  core: HighlighterCore,
  line: string,
  lang: string,
  theme: string,
  grammarState: GrammarState | undefined,
): ThemedToken[][] | undefined {
  const options = {
    lang,
    theme,
    tokenizeMaxLineLength: longestLine,
    tokenizeTimeLimit: timeLimitMs,
    ...(grammarState === undefined ? {} : { grammarState }),
  };
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const start = Date.now();
    const tokens = core.codeToTokensBase(line, options);
    if (Date.now() - start <= timeLimitMs) return tokens;
  }
  return undefined;
}

/** The offset of each coloured token of a line, followed by its number in the palette. */
function pairsOf(tokens: readonly ThemedToken[], palette: PaletteBuilder): number[] {
  const pairs: number[] = [];
  let offset = 0;
  for (const token of tokens) {
    if (token.color !== undefined && token.content.trim() !== '') {
      pairs.push(offset, palette.indexOf(token.color, Math.max(token.fontStyle ?? 0, 0)));
    }
    offset += token.content.length;
  }
  return pairs;
}
