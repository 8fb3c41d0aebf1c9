import { LitElement } from 'lit';
import type { Actions } from '../state/actions.ts';
import type { Model } from '../state/model.ts';

/** Base of the panel's elements: each draws from the model when it changes, and acts through the actions. */
export abstract class Part extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    version: { attribute: false },
  };
  declare model: Model;
  declare actions: Actions;
  /** Grows with each change of the model, so that lit redraws. */
  declare version: number;

  /** Focuses the first element that matches, after the pending update. */
  async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
