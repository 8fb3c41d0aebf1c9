import type { TextDocument } from 'vscode-languageserver-textdocument';
import { lintRationale } from '../core/rationale/lint.ts';
import type { Finding } from '../core/rationale/rule.ts';
import type { LanguageContext } from '../protocol/language.ts';

/** Where findings come from. */
export interface FindingSources {
  /** The host's findings in a text; `null` if it has none. */
  ask(uri: string, text: string): Promise<readonly Finding[] | null>;
  /** What to check against if the host has none; `null` if the rationale's task is not open. */
  context(uri: string): Promise<LanguageContext | null>;
}

interface Known {
  readonly version: number;
  readonly findings: Promise<readonly Finding[]>;
}

/** The findings of the rules on each open rationale, found once per version of the text and state of the task. */
export class Findings {
  readonly #sources: FindingSources;
  readonly #known = new Map<string, Known>();

  constructor(sources: FindingSources) {
    this.#sources = sources;
  }

  /** In the order in which the rules report them; none if the rationale's task is not open. Rejects if the host does not answer. */
  of(document: TextDocument): Promise<readonly Finding[]> {
    const { uri, version } = document;
    const known = this.#known.get(uri);
    if (known?.version === version) return known.findings;
    const findings = this.#find(uri, document.getText());
    this.#known.set(uri, { version, findings });
    findings.catch(() => {
      if (this.#known.get(uri)?.findings === findings) this.#known.delete(uri);
    });
    return findings;
  }

  /** The state of the task has changed, or the document was closed. */
  forget(uri: string): void {
    this.#known.delete(uri);
  }

  async #find(uri: string, text: string): Promise<readonly Finding[]> {
    const shared = await this.#sources.ask(uri, text);
    if (shared !== null) return shared;
    // The draft may be ahead of the document by a moment: then another version follows.
    const context = await this.#sources.context(uri);
    return context === null ? [] : lintRationale(text, context.rationale);
  }
}
