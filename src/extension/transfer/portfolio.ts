import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import type { ExchangeData } from '../../core/exchange/exporter.ts';
import { licenceOf, piecesOf, type Piece } from '../../core/exchange/portfolio.ts';
import { taskTitle } from '../../core/task/title.ts';

const headings: Readonly<Record<Piece['kind'], string>> = {
  review: 'Reviews',
  ideal: 'Ideals',
  rubric: 'Rubrics',
};

/**
 * Asks which reviews, ideals and rubrics to include, each with its licence and what is left out because of it. Resolves
 * with their ids. Throws `portfolio-empty` if there are none.
 */
export async function pickPieces(data: ExchangeData): Promise<string[] | undefined> {
  const { pieces } = piecesOf(data);
  if (pieces.length === 0) {
    throw tiebreakError('portfolio-empty', {
      what: 'You have no submitted work yet',
      remedy: 'Submit a review or an ideal first',
    });
  }
  const items = [...Map.groupBy(pieces, ({ kind }) => kind)].flatMap(([kind, some]) => [
    { label: headings[kind], kind: vscode.QuickPickItemKind.Separator },
    ...some.map(itemOf),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Export a portfolio',
    placeHolder: 'Select what to include',
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  const ids = picked?.flatMap((item) => ('id' in item ? [item.id] : []));
  return ids === undefined || ids.length === 0 ? undefined : ids;
}

function itemOf(piece: Piece): vscode.QuickPickItem & { id: string } {
  const { id, task, withheld } = piece;
  const licence = licenceOf(task);
  const why = licence === undefined ? 'no licence is named' : `the licence "${licence}" does not allow them`;
  const facts = [dateOf(piece), task.language, ...(licence === undefined ? [] : [licence])];
  return {
    id,
    label: piece.kind === 'rubric' ? piece.rubric.title : taskTitle(task),
    description: facts.filter((fact) => fact !== undefined).join(' · '),
    ...(withheld === undefined ? {} : { detail: `Left out: ${withheld}; ${why}` }),
  };
}

/** The day of submission, as YYYY-MM-DD. */
function dateOf(piece: Piece): string | undefined {
  if (piece.kind === 'rubric') return undefined;
  const { submittedAt } = piece.kind === 'review' ? piece.review : piece.ideal;
  return submittedAt.slice(0, 10);
}
