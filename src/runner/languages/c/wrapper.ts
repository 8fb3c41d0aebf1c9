import { programText } from '../../programText.ts';

/** A C type, as far as JSON has an equivalent. */
export interface Parameter {
  /** The normalized type, including its stars. */
  readonly type: string;
  /** `text` for `char *`, else the number's type, or `void`. */
  readonly base: string;
  readonly isArray: boolean;
}

const wrapper = programText(import.meta.url, './wrapper.c');

/**
 * The code that follows the answer's own text: it converts the arguments to the types of the function, calls
 * the function and sends its value.
 */
export function callProgram(name: string, result: Parameter, parameters: readonly Parameter[]): string {
  const converted = parameters.map((parameter, index) => conversion(parameter, index));
  const call = `${name}(${parameters.map((_, index) => `a${index}`).join(', ')})`;
  return `${wrapper}
int main(void) {
  tiebreak_json given = tiebreak_arguments();
${converted.join('')}${valueOf(result, parameters, call)}
  tiebreak_send("}\\n");
  return 0;
}
`;
}

/** The statements that create one argument. */
function conversion(parameter: Parameter, index: number): string {
  const item = `given.items[${index}]`;
  if (!parameter.isArray)
    return `  ${cType(parameter.base)} a${index} = ${scalar(parameter.base, item, index)};\n`;
  const type = cType(parameter.base);
  return `  if (${item}.kind != 'a') tiebreak_refuse(${index}, "${parameter.type}");
  ${type} *a${index} = calloc(${item}.count + 1, sizeof(${type}));
  for (size_t i = 0; i < ${item}.count; i++) a${index}[i] = ${scalar(parameter.base, `${item}.items[i]`, index)};
`;
}

const cType = (base: string): string => (base === 'text' ? 'char *' : base);

function scalar(base: string, item: string, index: number): string {
  const refused = (wanted: string): string =>
    `(${item}.kind != '${wanted}' ? (tiebreak_refuse(${index}, "${base === 'text' ? 'char *' : base}"), 0) : 0)`;
  if (base === 'text') return `(${refused('s')}, ${item}.text)`;
  if (base === 'bool') return `(${refused('b')}, *${item}.text == 't')`;
  const number = (kind: string): string =>
    `(${base})tiebreak_${kind}(${item}, ${index}, "${base}", sizeof(${base}))`;
  if (base === 'char') return `(${item}.kind == 's' ? *${item}.text : ${number('signed')})`;
  if (/float|double/.test(base)) return number('fraction');
  return number(/^(?:u|size_t)/.test(base) ? 'unsigned' : 'signed');
}

/** The statements that call the function and send its value. */
function valueOf(result: Parameter, parameters: readonly Parameter[], call: string): string {
  const begin = `  tiebreak_send("{\\"stage\\":\\"done\\",\\"value\\":");\n`;
  if (result.base !== 'void') {
    return `  ${cType(result.base)} value = (${cType(result.base)})${call};\n  fflush(NULL);\n${begin}  ${sent(result.base, 'value')}`;
  }
  const first = parameters.findIndex((parameter) => parameter.isArray || parameter.base === 'text');
  const after = `  ${call};\n  fflush(NULL);\n${begin}`;
  if (first === -1) return `${after}  tiebreak_send("null");`;
  if (!parameters[first]!.isArray) return `${after}  ${sent('text', `a${first}`)}`;
  return `${after}  tiebreak_send("[");
  for (size_t i = 0; i < given.items[${first}].count; i++) {
    if (i > 0) tiebreak_send(",");
    ${sent(parameters[first]!.base, `a${first}[i]`)}
  }
  tiebreak_send("]");`;
}

function sent(base: string, value: string): string {
  if (base === 'text') return `if (${value}) tiebreak_quote(${value}); else tiebreak_send("null");`;
  if (base === 'bool') return `tiebreak_send(${value} ? "true" : "false");`;
  if (base === 'char') return `{ char one[2] = {${value}, 0}; tiebreak_quote(one); }`;
  return `tiebreak_number(${value}, ${/float|double/.test(base) ? 'false' : 'true'});`;
}
