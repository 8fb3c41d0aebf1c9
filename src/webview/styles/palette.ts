import type { PanelHighlight } from '../../protocol/panel/state.ts';

/** The shared style sheet with the colours of code. */
export const paletteSheet = new CSSStyleSheet();

let shown: PanelHighlight['palette'] | undefined;

/** Writes the palette into the style sheet. Colours come from a theme file, so only valid ones are written. */
export function showPalette(palette: PanelHighlight['palette'] | undefined): void {
  if (palette === shown) return;
  shown = palette;
  const rules = (palette ?? []).map(({ color, italic, bold, underline }, place) =>
    [
      `.t${place}{`,
      /^#[0-9a-f]{3,8}$/i.test(color) ? `color:${color};` : '',
      italic ? 'font-style:italic;' : '',
      bold ? 'font-weight:bold;' : '',
      underline ? 'text-decoration:underline;' : '',
      '}',
    ].join(''),
  );
  paletteSheet.replaceSync(rules.join('\n'));
}
