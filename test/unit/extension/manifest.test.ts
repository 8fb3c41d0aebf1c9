import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import {
  commandIds,
  dashboardViewType,
  inspectionViewType,
  panelViewType,
  caseScheme,
  rationaleScheme,
} from '../../../src/extension/commands/manifest.ts';

interface Setting {
  readonly scope?: string;
  readonly order?: number;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Manifest;
const settings = manifest.contributes.configuration.properties;

/**
 * The scope of each setting, with the reason. A workspace may come from anyone, so it may only set harmless settings: only
 * the scopes `window`, `resource` and `machine-overridable` allow a workspace to set a value. `machine` is for what differs
 * from one machine to the next, such as a path; `application` is for the rest.
 */
const scopes: Readonly<Record<string, { readonly scope: string; readonly why: string }>> = {
  'tiebreak.evaluator': { scope: 'application', why: 'A workspace would sign reviews as somebody else' },
  'tiebreak.defaultRubric': {
    scope: 'window',
    why: 'A workspace may choose among the rubrics that ship; the panel shows which one is in use',
  },
  'tiebreak.checkOnOpen': { scope: 'application', why: 'A workspace would start compilers on its code' },
  'tiebreak.runOnOpen': { scope: 'application', why: 'A workspace would start its code' },
  'tiebreak.prepareNext': { scope: 'application', why: 'A workspace would start its code' },
  'tiebreak.containerImage': { scope: 'machine', why: 'A workspace would choose the sandbox' },
  'tiebreak.databaseFolder': { scope: 'machine', why: 'A workspace would bring a database of its own' },
  'tiebreak.clonesFolder': { scope: 'machine', why: 'A workspace would choose what tasks may read' },
  'tiebreak.exchange.folder': { scope: 'machine', why: 'A workspace would receive every review' },
  'tiebreak.showEvaluators': { scope: 'application', why: 'A workspace would unblind a reviewer' },
  'tiebreak.timeSheet.hourlyRate': { scope: 'machine', why: 'What a person earns is theirs alone' },
  'tiebreak.timeSheet.weeks': { scope: 'machine', why: 'It belongs to the rate' },
  'tiebreak.showModels': { scope: 'application', why: 'A workspace would unblind an evaluator' },
  'tiebreak.calibration.goldShare': { scope: 'application', why: 'A workspace would switch calibration off' },
  'tiebreak.calibration.duplicateShare': {
    scope: 'application',
    why: 'A workspace would switch calibration off',
  },
  'tiebreak.calibration.duplicateGap': {
    scope: 'application',
    why: 'A workspace would let an evaluator recognise a repeated task',
  },
  'tiebreak.calibration.passMark': { scope: 'application', why: 'A workspace would qualify anybody' },
  'tiebreak.calibration.seed': {
    scope: 'application',
    why: 'A workspace would know where calibration tasks are injected',
  },
};

describe('the settings', () => {
  it('have their documented scopes', () => {
    assert.deepEqual(
      Object.fromEntries(Object.entries(settings).map(([name, { scope }]) => [name, scope])),
      Object.fromEntries(Object.entries(scopes).map(([name, { scope }]) => [name, scope])),
    );
  });

  it('have an explicit order', () => {
    const orders = Object.values(settings).map(({ order }) => order);
    assert.equal(new Set(orders).size, orders.length, orders.join(', '));
  });
});

describe('activation', () => {
  // The editor itself activates an extension on its commands, views and languages, since 1.74.
  it('has events for restored panels, rationales, code of cases and JSONL files, which the editor does not derive', () => {
    assert.deepEqual(manifest.activationEvents.toSorted(), [
      `onFileSystem:${caseScheme}`,
      `onFileSystem:${rationaleScheme}`,
      'onLanguage:jsonl',
      `onWebviewPanel:${dashboardViewType}`,
      `onWebviewPanel:${inspectionViewType}`,
      `onWebviewPanel:${panelViewType}`,
    ]);
  });
});

describe('the commands', () => {
  it('are the commands that the code registers', () => {
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(contributed.toSorted(), [...commandIds].toSorted());
  });

  it('on the appearance of a panel, and undo, are enabled if a panel is in front', () => {
    const inFront = [panelViewType, inspectionViewType].map((id) => `activeWebviewPanelId == '${id}'`);
    for (const id of ['find', 'toggleWrap', 'toggleScrollTogether', 'undo']) {
      const command = manifest.contributes.commands.find((each) => each.command === `tiebreak.${id}`);
      assert.equal(command?.enablement, inFront.join(' || '), id);
    }
  });
});
