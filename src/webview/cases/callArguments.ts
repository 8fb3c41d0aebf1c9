import { parseJson } from '../../core/text/exactNumber.ts';
import { deepest, isJson, type Json } from '../../core/text/json.ts';
import { jsonFault } from '../../core/text/jsonText.ts';
import { relaxedJson } from '../text/relaxedJson.ts';

/** The arguments of a call, and the name of its function if the text has it. */
export interface CallArguments {
  readonly name: string | undefined;
  readonly values: Json[];
}

/** What a value in a case must keep to. */
export const jsonLimits = `must be nested at most ${deepest} deep and have only finite numbers`;

/** A call as code: its function, and the text between the brackets. */
const callForm = /^\s*([\p{L}_$][\p{L}\p{N}_$.]*)\s*\(([^]*)\)[\s;]*$/u;

/**
 * Parses the arguments of a call, separated by commas, with or without the name of its function, in the notation of JSON,
 * Python or JavaScript; or returns why they cannot be read.
 */
export function callArguments(text: string): CallArguments | { readonly message: string } {
  const [, name, inner = text] = callForm.exec(text) ?? [];
  const json = relaxedJson(`[${inner}]`);
  try {
    const values = parseJson(json) as unknown[];
    if (!values.every((value) => isJson(value))) return { message: `The arguments ${jsonLimits}` };
    return { name, values };
  } catch {
    const reason = jsonFault(json)?.reason ?? 'it is not JSON';
    return { message: `Enter the arguments as JSON, separated by commas, such as [1, 2], "x": ${reason}` };
  }
}

/** Arguments as a person would type them: `callArguments` reads the same values from this text. */
export function argumentsText(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
