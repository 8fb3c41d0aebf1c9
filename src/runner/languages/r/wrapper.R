import { framesFile } from './shared.ts';

// Programs that run beside an R answer inside the sandbox. R cannot write to a descriptor by its number: what they learn
// goes to a file, one JSON text a line. Written without packages: R itself knows no JSON.

const speaking = String.raw`
tiebreak <- new.env()
local({
  channel <- file(FRAMES, "wb")
  send <- function(text) {
    writeLines(enc2utf8(text), channel, useBytes = TRUE)
    flush(channel)
  }
  quoted <- function(text) {
    if (is.na(text)) return("null")
    text <- iconv(enc2utf8(as.character(text)), "UTF-8", "UTF-8", sub = "byte")
    codes <- utf8ToInt(text)
    if (length(codes) == 0) return('""')
    parts <- vapply(codes, function(code) {
      if (code == 34) return('\\"')
      if (code == 92) return("\\\\")
      if (code < 32) return(sprintf("\\u%04x", code))
      intToUtf8(code)
    }, "")
    paste0('"', paste(parts, collapse = ""), '"')
  }
  scalar <- function(value) {
    if (is.character(value) || is.factor(value)) return(quoted(as.character(value)))
    if (is.na(value) && !is.nan(value)) return("null")
    if (is.logical(value)) return(if (value) "true" else "false")
    if (is.numeric(value) && is.finite(value)) return(format(value, digits = 17, scientific = NA, trim = TRUE))
    if (is.numeric(value)) return(paste0('{"$":"number","v":"', if (is.nan(value)) "NaN" else if (value > 0) "Infinity" else "-Infinity", '"}'))
    paste0('{"$":"text","v":', quoted(format(value)), "}")
  }
  encode <- function(value, depth = 0) {
    if (depth > 200) return('{"$":"text","v":"..."}')
    if (is.null(value)) return('{"$":"nothing"}')
    if (is.data.frame(value)) {
      rows <- vapply(seq_len(nrow(value)), function(row) encode(as.list(value[row, , drop = FALSE]), depth + 1), "")
      return(paste0("[", paste(rows, collapse = ","), "]"))
    }
    if (is.matrix(value)) {
      rows <- vapply(seq_len(nrow(value)), function(row) encode_items(unname(value[row, ]), depth), "")
      return(paste0("[", paste(rows, collapse = ","), "]"))
    }
    if (is.function(value) || is.environment(value) || is.language(value)) return(paste0('{"$":"text","v":', quoted(paste(deparse(value), collapse = "\n")), "}"))
    keys <- names(value)
    if (!is.null(keys)) {
      members <- vapply(seq_along(value), function(index) paste0(quoted(keys[[index]]), ":", encode(value[[index]], depth + 1)), "")
      return(paste0("{", paste(members, collapse = ","), "}"))
    }
    if (length(value) == 0) return('{"$":"nothing"}')
    if (is.list(value)) return(encode_items(value, depth))
    if (length(value) == 1) return(paste0('{"$":"one","v":', scalar(value), "}"))
    encode_items(value, depth)
  }
  encode_items <- function(items, depth) {
    each <- if (is.list(items)) function(item) encode(item, depth + 1) else scalar
    paste0("[", paste(vapply(seq_along(items), function(index) each(items[[index]]), ""), collapse = ","), "]")
  }
  described <- function(error) {
    kinds <- vapply(class(error), quoted, "")
    paste0('"names":[', paste(kinds, collapse = ","), '],"message":', quoted(substr(conditionMessage(error), 1, 2000)))
  }
  leave <- function(code) {
    close(channel)
    quit("no", code, runLast = FALSE)
  }
  failed <- function(stage, error) {
    message("Error: ", conditionMessage(error))
    send(paste0('{"stage":"', stage, '",', described(error), "}"))
    leave(1)
  }
  load <- function(path) tryCatch(source(path, local = globalenv(), encoding = "UTF-8"), error = function(error) failed("load", error))
  call <- function(path, name, arguments) {
    load(path)
    target <- if (is.null(name)) NULL else get0(name, envir = globalenv(), mode = "function")
    if (is.null(target)) {
      send('{"stage":"missing"}')
      leave(1)
    }
    value <- tryCatch(do.call(target, arguments, quote = TRUE), error = function(error) failed("call", error))
    send(paste0('{"stage":"done","value":', encode(value), "}"))
    leave(0)
  }
  report <- function(name, verdict, message = "") {
    send(paste0('{"test":', quoted(name), ',"verdict":"', verdict, '","message":', quoted(substr(message, 1, 2000)), "}"))
  }
  finish <- function(ran, good) {
    send(paste0('{"stage":"done","ran":', ran, ',"good":', if (good) "true" else "false", "}"))
    leave(if (good) 0 else 1)
  }
  testthat <- function(path, tests) {
    if (!requireNamespace("testthat", quietly = TRUE)) {
      send('{"stage":"framework-missing","framework":"testthat","package":"r-cran-testthat"}')
      leave(1)
    }
    load(path)
    suppressPackageStartupMessages(library(testthat))
    results <- tryCatch(
      testthat::test_file(tests, env = globalenv(), reporter = "silent", stop_on_failure = FALSE),
      error = function(error) failed("tests", error)
    )
    good <- TRUE
    for (result in results) {
      kinds <- vapply(result$results, function(each) class(each)[[1]], "")
      bad <- Filter(function(each) inherits(each, "expectation_failure") || inherits(each, "expectation_error"), result$results)
      verdict <- if (any(kinds == "expectation_error")) "error" else if (length(bad) > 0) "fail" else if (any(kinds == "expectation_skip")) "skip" else "pass"
      if (length(bad) > 0) {
        good <- FALSE
        message("Failure: ", result$test, "\n", conditionMessage(bad[[1]]))
      }
      report(result$test, verdict, if (length(bad) > 0) conditionMessage(bad[[1]]) else "")
    }
    finish(length(results), good)
  }
  plain <- function(path, tests) {
    load(path)
    before <- ls(globalenv())
    tryCatch(parse(tests, encoding = "UTF-8"), error = function(error) failed("tests", error))
    tryCatch(source(tests, local = globalenv(), encoding = "UTF-8"), error = function(error) {
      class(error) <- c("AssertionError", class(error))
      failed("tests", error)
    })
    names <- Filter(function(name) grepl("^test", name) && is.function(get(name, globalenv())), setdiff(ls(globalenv()), before))
    good <- TRUE
    for (name in names) {
      problem <- tryCatch({ get(name, globalenv())(); NULL }, error = function(error) error)
      if (!is.null(problem)) good <- FALSE
      report(name, if (is.null(problem)) "pass" else "fail", if (is.null(problem)) "" else conditionMessage(problem))
    }
    finish(max(1, length(names)), good)
  }
}, envir = tiebreak)
`;

const begin = (): string => speaking.replace('FRAMES', literal(framesFile));

/** The program that calls a function; `args` are a list in R's own source. */
export function callProgram(main: string, name: string | undefined, args: string): string {
  return `${begin()}\ntiebreak$call(${literal(main)}, ${name === undefined ? 'NULL' : literal(name)}, ${args})\n`;
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, testthat: boolean): string {
  return `${begin()}\ntiebreak$${testthat ? 'testthat' : 'plain'}(${literal(main)}, ${literal(tests)})\n`;
}

function literal(text: string): string {
  return JSON.stringify(text);
}
