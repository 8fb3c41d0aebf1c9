/** The colours of the user's theme for a canvas, which style sheets do not reach. */
export interface ChartTheme {
  readonly text: string;
  readonly background: string;
  readonly lines: string;
  readonly font: string;
  readonly tooltip: { readonly text: string; readonly background: string; readonly border: string };
  /** Colours of the series in order. */
  readonly series: readonly string[];
}

/** Colours with enough contrast in every default theme. Orange is left out: some themes make it transparent. */
const seriesVariables = [
  '--vscode-charts-blue',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-charts-red',
  '--vscode-charts-yellow',
  '--vscode-charts-foreground',
];

export function chartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const read = (...names: readonly string[]) =>
    names.map((name) => style.getPropertyValue(name).trim()).find((value) => value !== '') ?? 'CanvasText';
  const text = read('--vscode-foreground');
  return {
    text,
    background: read('--vscode-editor-background'),
    lines: read('--vscode-panel-border', '--vscode-contrastBorder', '--vscode-charts-lines'),
    font: getComputedStyle(document.body).fontFamily,
    tooltip: {
      text: read('--vscode-editorHoverWidget-foreground', '--vscode-foreground'),
      background: read('--vscode-editorHoverWidget-background', '--vscode-editor-background'),
      border: read('--vscode-contrastBorder', '--vscode-editorHoverWidget-border', '--vscode-foreground'),
    },
    series: seriesVariables.map((name) => read(name)),
  };
}

export function colourOf(theme: ChartTheme, series: number): string {
  return theme.series[series % theme.series.length]!;
}

/** Calls the listener at each change of theme; returns a function that stops it. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(() => listener());
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}

/** Series also differ without colour: by the mark of a point, the dashes of a line, the pattern of a bar. */
export const pointStyles = ['circle', 'triangle', 'rect', 'rectRot', 'crossRot', 'star', 'cross'] as const;
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [1, 4]];

const tile = 8;

/** Patterns of bars by series: plain, stripes, dots, … */
const patterns: readonly ((context: CanvasRenderingContext2D) => void)[] = [
  (context) => context.fillRect(0, 0, tile, tile),
  (context) => stripes(context, [[0, tile, tile, 0]]),
  (context) => {
    context.fillRect(1, 1, 3, 3);
    context.fillRect(5, 5, 3, 3);
  },
  (context) => stripes(context, [[0, 4, tile, 4]]),
  (context) =>
    stripes(context, [
      [0, 0, tile, tile],
      [0, tile, tile, 0],
    ]),
  (context) => stripes(context, [[4, 0, 4, tile]]),
  (context) => context.fillRect(2, 2, 2, 2),
];

export function fillOf(series: number, colour: string): string | CanvasPattern {
  const draw = patterns[series % patterns.length]!;
  if (draw === patterns[0]) return colour;
  const canvas = document.createElement('canvas');
  canvas.width = tile;
  canvas.height = tile;
  const context = canvas.getContext('2d')!;
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  draw(context);
  return context.createPattern(canvas, 'repeat')!;
}

function stripes(
  context: CanvasRenderingContext2D,
  lines: readonly (readonly [number, number, number, number])[],
): void {
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of lines) {
    // Also drawn in the neighbouring tiles, so that stripes meet at the corners.
    for (const shift of [-tile, 0, tile]) {
      const isSlanted = fromX !== toX && fromY !== toY;
      if (!isSlanted && shift !== 0) continue;
      context.moveTo(fromX + shift, fromY);
      context.lineTo(toX + shift, toY);
    }
  }
  context.stroke();
}
