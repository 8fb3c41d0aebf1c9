/** A reason why a submission is refused. */
export type Obstacle =
  /** Missing parts of the judgement, which the panel lists itself: "preference", "2 scores". */
  | { readonly kind: 'missing'; readonly parts: readonly string[] }
  /** Anything else, as a sentence without a full stop. */
  | { readonly kind: 'problem'; readonly text: string };

export function problem(text: string): Obstacle {
  return { kind: 'problem', text };
}

/** An obstacle as a sentence without a full stop. */
export function obstacleText(obstacle: Obstacle): string {
  return obstacle.kind === 'missing' ? `Missing: ${obstacle.parts.join(', ')}` : obstacle.text;
}
