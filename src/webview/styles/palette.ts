import type { PanelHighlight } from '../protocol/webview.ts';

/** The one style sheet with the colours of code; every part that shows code adopts it. */
export const paletteSheet = new CSSStyleSheet();

let shown: PanelHighlight['palette'] | undefined;

/** Writes the palette's colours into the sheet. The host takes them from a theme file, so they are checked here. */
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
