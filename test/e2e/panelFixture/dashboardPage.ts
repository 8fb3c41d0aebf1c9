import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { duplicateOf } from '../../../src/core/duplicate.ts';
import { DashboardSource } from '../../../src/extension/dashboard/dashboardSource.ts';
import { Channel, type Port } from '../../../src/protocol/channel.ts';
import {
  dashboardWish,
  figuresChanged,
  quickFiguresOf,
  slowFiguresOf,
} from '../../../src/protocol/dashboard.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { generateReviews, type Generated } from '../../fixtures/generateReviews.ts';
import { openServed, type PanelView } from './page.ts';

export interface DashboardFixture {
  /** What is in the store; 200 reviews unless told. */
  readonly data?: Generated;
  readonly showEvaluators?: boolean;
  /** The host answers nothing until `answer` is called. */
  readonly isSilent?: boolean;
  /** The host answers so. */
  readonly failure?: string;
}

const none: Generated = { tasks: [], reviews: [] };

/** 200 reviews by four evaluators, a part of them of tasks that bring a verdict along. */
export function generatedWithGold(): Generated {
  const { tasks, reviews } = generateReviews();
  const withGold = tasks.map((task, at) =>
    at % 3 === 0 && duplicateOf(task) === undefined
      ? {
          ...task,
          gold: {
            preference: { kind: 'better' as const, winner: task.answers[0]!.id, strength: 2 as const },
          },
        }
      : task,
  );
  return { tasks: withGold, reviews };
}

export const nothingStored = none;

/** The dashboard's page in a browser, with a real store and the real figures behind it and no editor. */
export class DashboardPage {
  readonly page: Page;
  readonly complaints: string[] = [];
  readonly strangers: string[] = [];
  /** What the page wished for. */
  readonly wishes: string[] = [];
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
    await store.importTasks(tasks);
    await store.importReviews(reviews);
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
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

  /** Waits until all figures are there. */
  async settled(): Promise<void> {
    await this.page.locator('main[aria-busy="false"]').waitFor();
  }

  /** Reads the store anew at the next question: what is written through the same connection is not noticed. */
  begin(): DashboardSource {
    const { showEvaluators = false } = this.#fixture;
    return (this.#source = new DashboardSource(this.#store, { showEvaluators, passMark: 0.8 }));
  }

  /** Tells the page that reviews have changed. */
  change(): void {
    this.#channel!.emit(figuresChanged, {});
  }

  /** Lets a silent host speak. */
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
    const channel = new Channel(port, (error) => this.complaints.push(error.message));
    const speak = async () => {
      await spoken;
      if (failure !== undefined) throw new Error(failure);
      return this.#source;
    };
    channel.handle(quickFiguresOf, async ({ filter }) => (await speak()).quick(filter));
    channel.handle(slowFiguresOf, async ({ filter }) => (await speak()).slow(filter));
    channel.on(dashboardWish, ({ what }) => this.wishes.push(what));
    this.#channel = channel;
  }
}
