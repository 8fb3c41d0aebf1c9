import { css, html, type TemplateResult } from 'lit';
import { visibleText } from '../../core/text/visible.ts';
import { Part } from './part.ts';
import { shared } from '../styles/styles.ts';

const titles = {
  'queue-empty': 'Nothing to judge yet',
  'all-done': 'All done',
  'all-inspected': 'All done',
  qualified: 'Qualified',
  'not-qualified': 'Not qualified',
  failed: 'Could not open',
} as const;

/** Shown if no task is open: the reason, and what to do next. */
export class EmptyPart extends Part {
  static override styles = [
    shared,
    css`
      :host {
        grid-row: 1 / -1;
        align-self: center;
        justify-self: center;
        text-align: center;
        max-width: 46ch;
        padding: 24px;
      }
      h1 {
        font-size: 18px;
        font-weight: 600;
        margin: 0 0 8px;
      }
      p {
        margin: 0 0 14px;
        color: var(--dim);
      }
      .buttons {
        display: flex;
        gap: 8px;
        justify-content: center;
      }
      vscode-progress-ring {
        margin: 0 auto 10px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { empty } = this.model.state;
    if (!empty || empty.reason === 'loading') {
      return html`<main class="empty" aria-busy="true">
        <h1>Tiebreak</h1>
        <vscode-progress-ring></vscode-progress-ring>
        <p role="status">${empty?.message ?? 'Opening the task…'}</p>
      </main>`;
    }
    const { reason } = empty;
    const failed = reason === 'failed';
    return html`<main class="empty">
      <h1>${titles[reason]}</h1>
      <p role=${failed ? 'alert' : 'status'}>${visibleText(empty.message)}</p>
      <div class="buttons">${this.#waysOn(reason)}</div>
    </main>`;
  }

  #waysOn(reason: keyof typeof titles): TemplateResult {
    if (reason === 'failed') return html`${this.#next()} ${this.#log()}`;
    if (reason === 'all-inspected') return this.#import('Import tasks or reviews…');
    if (reason === 'all-done') return html`${this.#export()} ${this.#import('Import tasks…')}`;
    return reason === 'queue-empty' ? this.#beginnings() : this.#next();
  }

  #next(): TemplateResult {
    return html`<button class="primary" @click=${() => this.actions.next()}>Next</button>`;
  }

  #log(): TemplateResult {
    return html`<button @click=${() => this.actions.open({ what: 'log' })}>Show log</button>`;
  }

  #beginnings(): TemplateResult {
    return html`<button class="primary" @click=${() => this.actions.open({ what: 'sample-queue' })}>
        Open sample queue
      </button>
      ${this.#import('Import tasks…')}`;
  }

  #export(): TemplateResult {
    return html`<button class="primary" @click=${() => this.actions.open({ what: 'export' })}>
      Export reviews…
    </button>`;
  }

  #import(label: string): TemplateResult {
    return html`<button @click=${() => this.actions.open({ what: 'import' })}>${label}</button>`;
  }
}
customElements.define('tiebreak-empty', EmptyPart);
