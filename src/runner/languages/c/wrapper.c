/*
 * Follows the text of an answer in C, and precedes a generated `main` for one function: reads the arguments
 * of the call and writes its value to descriptor 3.
 */
#include <errno.h>
#include <limits.h>
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
static long long tiebreak_signed(tiebreak_json item, int index, const char *type, size_t size) {
  if (item.kind != '0') tiebreak_refuse(index, type);
  char *end;
  errno = 0;
  long long value = strtoll(item.text, &end, 10);
  if (*end) {
    long double given = strtold(item.text, NULL);
    bool fits = given >= -9223372036854775808.0L && given < 9223372036854775808.0L;
    value = fits ? (long long)given : 0;
    if (!fits || (long double)value != given) tiebreak_refuse(index, type);
  }
  long long high = (long long)(ULLONG_MAX >> (65 - 8 * size));
  if (errno == ERANGE || value > high || value < -high - 1) tiebreak_refuse(index, type);
  return value;
}
static unsigned long long tiebreak_unsigned(tiebreak_json item, int index, const char *type, size_t size) {
  if (item.kind != '0') tiebreak_refuse(index, type);
  char *end;
  errno = 0;
  unsigned long long value = strtoull(item.text, &end, 10);
  if (*end) {
    long double given = strtold(item.text, NULL);
    bool fits = given >= 0 && given < 18446744073709551616.0L;
    value = fits ? (unsigned long long)given : 0;
    if (!fits || (long double)value != given) tiebreak_refuse(index, type);
  }
  if (errno == ERANGE || (*item.text == '-' && value > 0) || value > ULLONG_MAX >> (64 - 8 * size)) tiebreak_refuse(index, type);
  return value;
}
/* Refuses an integer that the type rounds. */
static long double tiebreak_fraction(tiebreak_json item, int index, const char *type, size_t size) {
  if (item.kind != '0') tiebreak_refuse(index, type);
  long double value = strtold(item.text, NULL);
  if (size == sizeof(float)) value = (float)value;
  else if (size == sizeof(double)) value = (double)value;
  if (strlen(item.text) > 15 && !strpbrk(item.text, ".eE")) {
    size_t length = (size_t)snprintf(NULL, 0, "%.0Lf", value) + 1;
    char *digits = malloc(length);
    snprintf(digits, length, "%.0Lf", value);
    if (strcmp(digits, item.text) != 0) tiebreak_refuse(index, type);
    free(digits);
  }
  return value;
}
static void tiebreak_number(long double value, bool whole) {
  char text[64];
  if (isnan(value) || isinf(value)) snprintf(text, sizeof text, "{\"$\":\"number\",\"v\":\"%s\"}", isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
  else if (whole) snprintf(text, sizeof text, "{\"$\":\"number\",\"v\":\"%.0Lf\"}", value);
  else {
    snprintf(text, sizeof text, "%.17Lg", value);
    if (!strpbrk(text, ".e")) strcat(text, ".0");
  }
  tiebreak_send(text);
}
static tiebreak_json tiebreak_arguments(void) {
  FILE *file = fopen(".tiebreak/arguments.json", "rb");
  static char text[1 << 22];
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  remove(".tiebreak/arguments.json");
  tiebreak_at = text;
  return tiebreak_value();
}
