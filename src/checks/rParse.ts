import * as z from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';
import type { FoundToolchain } from '../runner/toolchain.ts';
import type { Check } from './check.ts';
import { localCheck } from './localCheck.ts';
import { placesIn } from './places.ts';
import type { MissingTool, Workbench } from './tool.ts';

/** R's own parser, and its `codetools` on functions that are called and that no attached package defines. */
export function createRParse(bench: Workbench, find: () => Promise<FoundToolchain | MissingTool>): Check {
  const path = '.tiebreak/check.R';
  return localCheck(bench, {
    id: 'R parse',
    languages: ['r'],
    extensions: ['.r'],
    find,
    over: (found, files, paths) => ({
      argv: [found.program, '--vanilla', path, ...paths],
      files: [...files, { path, text: program }],
      read: ({ stdout }) => readLines(stdout, files),
    }),
  });
}

const lineSchema = z.tuple([
  z.string(),
  z.coerce.number().int(),
  z.coerce.number().int(),
  z.enum(['syntax', 'unknown', 'doubtful', 'absent']),
  z.string(),
]);

/** FILE, LINE, COLUMN, what it is, message: a line each, divided by tabs. */
function readLines(stdout: string, files: readonly SourceFile[]): Diagnostic[] {
  const places = placesIn(files);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('tiebreak\t'))
    .map((line) => {
      const [file, row, column, kind, message] = lineSchema.parse(line.split('\t').slice(1));
      const isSyntax = kind === 'syntax';
      return {
        file,
        range: places.at(file, row, column > 0 ? column : undefined),
        severity: kind === 'unknown' || isSyntax ? 'error' : 'info',
        code: kind,
        message,
        source: 'R',
        category: isSyntax ? 'syntax' : 'unknown-api',
      } as const;
    });
}

/**
 * Packages that a file attaches are attached; of the file itself only its functions are made, and nothing is called.
 * Where a package is absent, it may be what defines the function.
 */
const program = String.raw`
say <- function(...) cat(paste(c("tiebreak", ...), collapse = "\t"), "\n", sep = "")
plain <- function(text) gsub("[\t\r\n]+", " ", text)
is_call_to <- function(node, names) is.call(node) && is.name(node[[1]]) && as.character(node[[1]]) %in% names
calls_of <- function(node) {
  if (!is.recursive(node)) return(list())
  inner <- if (is.call(node)) as.list(node) else if (is.pairlist(node) || is.expression(node)) as.list(node) else list()
  inner <- inner[!vapply(inner, function(each) missing(each) || identical(each, quote(expr = )), TRUE)]
  c(if (is.call(node)) list(node), unlist(lapply(inner, calls_of), recursive = FALSE))
}
for (file in commandArgs(trailingOnly = TRUE)) {
  parsed <- tryCatch(parse(file, keep.source = TRUE), error = function(error) error)
  if (inherits(parsed, "error")) {
    text <- conditionMessage(parsed)
    place <- regmatches(text, regexec("^[^\n]*?:([0-9]+):([0-9]+): ([^\n]*)", text, perl = TRUE))[[1]]
    if (length(place) == 4) say(file, place[2], max(as.integer(place[3]), 1L), "syntax", plain(place[4]))
    else say(file, 1, 0, "syntax", plain(text))
    next
  }
  data <- getParseData(parsed)
  calls <- calls_of(parsed)
  absent <- FALSE
  for (call in Filter(function(call) is_call_to(call, c("library", "require")) && length(call) > 1, calls)) {
    name <- as.character(call[[2]])[1]
    if (suppressPackageStartupMessages(suppressWarnings(require(name, character.only = TRUE, quietly = TRUE)))) next
    absent <- TRUE
    row <- data$line1[data$text == name][1]
    say(file, if (is.na(row)) 1 else row, 0, "absent", paste0("the package ", name, " is not installed here, or does not exist"))
  }
  made <- new.env(parent = globalenv())
  assigned <- Filter(function(call) is_call_to(call, c("<-", "=", "assign", "<<-")) && length(call) > 2, calls)
  for (call in assigned) {
    name <- tryCatch(as.character(call[[2]])[1], error = function(error) NA)
    if (is.na(name)) next
    value <- call[[3]]
    if (is_call_to(value, "function")) try(assign(name, eval(value, made), envir = made), silent = TRUE)
    else if (!exists(name, made, inherits = FALSE)) assign(name, function(...) NULL, envir = made)
  }
  known <- function(name) exists(name, envir = made, mode = "function", inherits = TRUE)
  used <- data[data$token == "SYMBOL_FUNCTION_CALL", ]
  formals <- unique(data$text[data$token == "SYMBOL_FORMALS"])
  from <- function(at) any(data$token == "NS_GET" & data$line1 == used$line1[at] & data$col2 == used$col1[at] - 1) ||
    any(data$token %in% c("'$'", "'@'") & data$line1 == used$line1[at] & data$col2 == used$col1[at] - 1)
  for (at in seq_len(nrow(used))) {
    name <- used$text[at]
    if (known(name) || name %in% formals || from(at)) next
    say(file, used$line1[at], used$col1[at], if (absent) "doubtful" else "unknown",
      paste0("there is no function ", name, if (absent) ", unless a package that is not installed here has it" else ""))
  }
}
`;
