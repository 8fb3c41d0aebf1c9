import { argumentsFile } from './scripting.ts';

/** A type of C as far as JSON has something for it. */
export interface Parameter {
  /** As written, in one spelling, with its stars. */
  readonly type: string;
  /** `text` for `char *`, else the number's type, or `void`. */
  readonly base: string;
  readonly isArray: boolean;
}

const reading = String.raw`
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct tiebreak_json {
  char kind;
  char *text;
  size_t count;
  struct tiebreak_json *items;
} tiebreak_json;

static const char *tiebreak_at;
static void tiebreak_send(const char *text) { if (write(3, text, strlen(text)) < 0) _exit(125); }
static void tiebreak_quote(const char *text) {
  char part[8];
  tiebreak_send("\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') snprintf(part, sizeof part, "\\%c", *text);
    else if ((unsigned char)*text < 32) snprintf(part, sizeof part, "\\u%04x", *text);
    else snprintf(part, sizeof part, "%c", *text);
    tiebreak_send(part);
  }
  tiebreak_send("\"");
}
static void tiebreak_refuse(int index, const char *type) {
  char text[200];
  snprintf(text, sizeof text, "the argument %d cannot be made into a value of the type %s", index + 1, type);
  tiebreak_send("{\"stage\":\"unsupported\",\"message\":");
  tiebreak_quote(text);
  tiebreak_send("}\n");
  _exit(1);
}
static char *tiebreak_string(void) {
  char *out = malloc(strlen(tiebreak_at) * 2 + 1), *end = out;
  for (tiebreak_at++; *tiebreak_at != '"';) {
    if (*tiebreak_at != '\\') { *end++ = *tiebreak_at++; continue; }
    char c = *++tiebreak_at;
    tiebreak_at++;
    if (c != 'u') { *end++ = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c; continue; }
    char digits[5] = {0};
    memcpy(digits, tiebreak_at, 4);
    tiebreak_at += 4;
    unsigned code = strtoul(digits, NULL, 16);
    if (code < 0x80) *end++ = (char)code;
    else if (code < 0x800) { *end++ = (char)(0xc0 | code >> 6); *end++ = (char)(0x80 | (code & 63)); }
    else { *end++ = (char)(0xe0 | code >> 12); *end++ = (char)(0x80 | (code >> 6 & 63)); *end++ = (char)(0x80 | (code & 63)); }
  }
  tiebreak_at++;
  *end = 0;
  return out;
}
static tiebreak_json tiebreak_value(void) {
  tiebreak_json json = {0};
  if (*tiebreak_at == '"') { json.kind = 's'; json.text = tiebreak_string(); return json; }
  if (*tiebreak_at == '[') {
    json.kind = 'a';
    for (tiebreak_at++; *tiebreak_at != ']'; tiebreak_at += *tiebreak_at == ',') {
      json.items = realloc(json.items, (json.count + 1) * sizeof *json.items);
      tiebreak_json item = tiebreak_value();
      json.items[json.count++] = item;
    }
    tiebreak_at++;
    return json;
  }
  if (*tiebreak_at == '{') tiebreak_refuse(0, "of an object");
  size_t length = strcspn(tiebreak_at, ",]}");
  json.text = strndup(tiebreak_at, length);
  json.kind = *json.text == 't' || *json.text == 'f' ? 'b' : *json.text == 'n' && json.text[1] == 'u' ? 'n' : '0';
  tiebreak_at += length;
  return json;
}
static void tiebreak_number(long double value, bool whole) {
  char text[64];
  if (isnan(value) || isinf(value)) snprintf(text, sizeof text, "{\"$\":\"number\",\"v\":\"%s\"}", isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
  else if (whole) snprintf(text, sizeof text, "{\"$\":\"number\",\"v\":\"%.0Lf\"}", value);
  else snprintf(text, sizeof text, "%.17Lg", value);
  tiebreak_send(text);
}
`;

/** Stands behind the answer's own text: converts the arguments by the types of the function, calls it, sends its value. */
export function callProgram(name: string, result: Parameter, parameters: readonly Parameter[]): string {
  const converted = parameters.map((parameter, index) => conversion(parameter, index));
  const call = `${name}(${parameters.map((_, index) => `a${index}`).join(', ')})`;
  return `${reading}
int main(void) {
  FILE *file = fopen("${argumentsFile}", "rb");
  static char text[1 << 22];
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  remove("${argumentsFile}");
  tiebreak_at = text;
  tiebreak_json given = tiebreak_value();
${converted.join('')}${valueOf(result, parameters, call)}
  tiebreak_send("}\\n");
  return 0;
}
`;
}

/** The statements that make one argument. */
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
  if (base === 'char')
    return `(${item}.kind == 's' ? *${item}.text : (${refused('0')}, (char)strtol(${item}.text, NULL, 10)))`;
  if (/float|double/.test(base)) return `(${refused('0')}, (${base})strtold(${item}.text, NULL))`;
  const parse = /^u|size_t/.test(base) ? 'strtoull' : 'strtoll';
  return `(${refused('0')}, (${base})(strpbrk(${item}.text, ".eE") ? (long long)strtold(${item}.text, NULL) : (long long)${parse}(${item}.text, NULL, 10)))`;
}

/** The statements that call the function and send what it gives. */
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
