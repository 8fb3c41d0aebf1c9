import { createHighlighterCore, type HighlighterCore, type ThemeRegistrationRaw } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { PanelHighlight } from '../../protocol/webview.ts';
import type { ColourJob } from '../session/answers.ts';
import { grammars, grammarOf } from './grammars.ts';

/** Longer lines stay plain: an answer may be one line of a megabyte. */
const longestLine = 2_000;
/** Time for one text, in milliseconds, after which the rest stays plain. */
const timeLimitMs = 400;

type Palette = PanelHighlight['palette'];

/** Colours code as the user's own theme does. Grammars are loaded when first met. */
export class Highlighter {
  #core: Promise<HighlighterCore> | undefined;

  async highlight(jobs: readonly ColourJob[], theme: ThemeRegistrationRaw): Promise<PanelHighlight> {
    const core = await (this.#core ??= createHighlighterCore({
      engine: createJavaScriptRegexEngine({ forgiving: true }),
    }));
    await core.loadTheme(theme);
    const palette = new PaletteBuilder();
    const lines: Record<string, number[][]> = {};
    for (const job of jobs) {
      const grammar = grammarOf(job.language);
      if (grammar === undefined) continue;
      if (!core.getLoadedLanguages().includes(grammar)) await core.loadLanguage(grammars[grammar]!);
      lines[job.key] = colourLines(core, job.text, grammar, theme.name!, palette);
      // A long answer must not hold up the host's other work.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { palette: palette.entries, lines };
  }
}

/** Numbers the styles in use: a token carries a small number instead of a colour. */
class PaletteBuilder {
  readonly entries: Palette = [];
  readonly #places = new Map<string, number>();

  place(color: string, fontStyle: number): number {
    const key = `${color} ${fontStyle}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      // Bits of TextMate's font style, as Shiki passes them on: 1 italic, 2 bold, 4 underline.
      const style = {
        italic: (fontStyle & 1) !== 0,
        bold: (fontStyle & 2) !== 0,
        underline: (fontStyle & 4) !== 0,
      };
      place = this.entries.push({ color, ...style }) - 1;
      this.#places.set(key, place);
    }
    return place;
  }
}

function colourLines(
  core: HighlighterCore,
  text: string,
  lang: string,
  theme: string,
  palette: PaletteBuilder,
): number[][] {
  const options = { lang, theme, tokenizeMaxLineLength: longestLine, tokenizeTimeLimit: timeLimitMs };
  return core.codeToTokensBase(text, options).map((tokens) => {
    const pairs: number[] = [];
    let offset = 0;
    for (const token of tokens) {
      if (token.color !== undefined && token.content.trim() !== '') {
        pairs.push(offset, palette.place(token.color, Math.max(token.fontStyle ?? 0, 0)));
      }
      offset += token.content.length;
    }
    return pairs;
  });
}
