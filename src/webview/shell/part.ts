import { LitElement } from 'lit';
import type { Actions } from './actions.ts';
import type { Model } from './model.ts';

/** A part of the panel: draws from the model, whenever it changes, and acts through the actions. */
export abstract class Part extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    version: { attribute: false },
  };
  declare model: Model;
  declare actions: Actions;
  /** Grows with each change of the model, so that lit draws again. */
  declare version: number;

  /** Focuses the first element that fits, once what is being drawn is drawn. */
  async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
