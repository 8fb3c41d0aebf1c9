import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { DashboardSource } from '../../../src/sessions/dashboard/dashboardSource.ts';
import { Channel } from '../../../src/protocol/channel.ts';
import type { Port } from '../../../src/protocol/wire.ts';
import {
  dashboardRequest,
  figuresChanged,
  modelFiguresOf,
  quickFiguresOf,
  slowFiguresOf,
} from '../../../src/protocol/dashboard.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { generatedWithGold } from '../../fixtures/generatedModels.ts';
import type { Generated } from '../../fixtures/generateReviews.ts';
import { patience } from '../../until.ts';
import { openServed, type PanelView } from './page.ts';
import { importReviews, importTasks } from '../../fixtures/imports.ts';

export interface DashboardFixture {
  /** The contents of the store; 200 reviews by default. */
  readonly data?: Generated;
  readonly showEvaluators?: boolean;
  readonly showModels?: boolean;
  /** The evaluator at this window; by default a person who judges nothing here. */
  readonly evaluator?: string;
  /** The host answers nothing until `answer` is called. */
  readonly isSilent?: boolean;
  /** The error with which the host answers every request. */
  readonly failure?: string;
}

const none: Generated = { tasks: [], reviews: [] };

export const nothingStored = none;

/** The dashboard's page in a browser, with a real store and the real figures behind it and no editor. */
export class DashboardPage {
  readonly page: Page;
  readonly pageErrors: string[] = [];
  readonly foreignRequests: string[] = [];
  /** The remedies that the page requested. */
  readonly requests: string[] = [];
  readonly #context: BrowserContext;
  readonly #store: Store;
  #source: DashboardSource;
  readonly #fixture: DashboardFixture;
  #answer: () => void = () => undefined;
  #channel: Channel | undefined;

  private constructor(context: BrowserContext, page: Page, store: Store, fixture: DashboardFixture) {
    this.#context = context;
    this.page = page;
    this.#store = store;
    this.#fixture = fixture;
    this.#source = this.begin();
  }

  static async open(
    browser: Browser,
    fixture: DashboardFixture = {},
    { theme = 'dark', width = 1600, height = 1000, kept }: PanelView = {},
  ): Promise<DashboardPage> {
    const { tasks, reviews } = fixture.data ?? generatedWithGold();
    const store = await openSqliteStore(':memory:');
    await importTasks(store, tasks);
    await importReviews(store, reviews);
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const dashboard = new DashboardPage(context, page, store, fixture);
    const served = { element: 'tiebreak-dashboard', script: 'dashboard/dashboard' };
    const connect = (port: Port) => dashboard.#connect(port);
    await openServed(page, served, { theme, kept, connect }, dashboard);
    return dashboard;
  }

  get store(): Store {
    return this.#store;
  }

  /** A figure by its title. */
  figure(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** The texts of a figure's table, row by row, its head first. */
  async table(title: string): Promise<string[][]> {
    const toTable = this.page.getByRole('button', { name: `${title}: show table` });
    if ((await toTable.count()) > 0) await toTable.click();
    const rows = await this.figure(title).getByRole('row').all();
    return Promise.all(
      rows.map(async (row) =>
        (await row.locator('th, td').allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim()),
      ),
    );
  }

  /** Waits until all figures are shown. */
  async settled(): Promise<void> {
    await this.page.locator('main[aria-busy="false"]').waitFor();
  }

  /** Makes the next request read the store again: changes through the same connection are not detected. */
  begin(): DashboardSource {
    const { showEvaluators = false, showModels = false, evaluator } = this.#fixture;
    return (this.#source = new DashboardSource(this.#store, {
      showEvaluators,
      showModels,
      evaluator,
      passMark: 0.8,
    }));
  }

  /** Tells the page that reviews have changed. */
  change(): void {
    this.#channel!.emit(figuresChanged, {});
  }

  /** Lets a silent host answer. */
  answer(): void {
    this.#answer();
  }

  async close(): Promise<void> {
    this.#channel?.dispose();
    await this.#context.close();
    await this.#store.close();
  }

  #connect(port: Port): void {
    const { isSilent = false, failure } = this.#fixture;
    const spoken = isSilent ? new Promise<void>((resolve) => (this.#answer = resolve)) : Promise.resolve();
    const channel = new Channel(port, (error) => this.pageErrors.push(error.message));
    const speak = async () => {
      await spoken;
      if (failure !== undefined) throw new Error(failure);
      return this.#source;
    };
    channel.handle(quickFiguresOf, async ({ filter }) => (await speak()).quick(filter));
    channel.handle(slowFiguresOf, async ({ filter }) => (await speak()).slow(filter));
    channel.handle(modelFiguresOf, async ({ filter }) => (await speak()).models(filter));
    channel.on(dashboardRequest, ({ what }) => this.requests.push(what));
    this.#channel = channel;
  }
}
