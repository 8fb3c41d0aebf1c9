# Runs next to an R answer inside the sandbox. R cannot write to a descriptor by its number, so results go to
# a file, one JSON text per line. It uses no packages and writes JSON itself, because R has no JSON built in.
# A call of one of its functions is appended.

tiebreak <- new.env()
local({
  channel <- file(".tiebreak/frames", "wb")
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
  # Values that JSON lacks have the form that outcome/value.ts reads.
  special <- function(kind, content, more = "") paste0('{"$":"', kind, '","v":', content, more, "}")
  unconverted <- function(what, text = "") special("unconverted", quoted(substr(text, 1, 20000)), paste0(',"what":', quoted(what)))
  either <- function(...) special("either", paste0("[", paste(c(...), collapse = ","), "]"))
  typed <- function(value) paste("a value of the type", class(value)[[1]])
  number <- function(value) {
    if (is.finite(value)) return(format(value, digits = 17, scientific = NA, trim = TRUE))
    special("number", if (is.nan(value)) '"NaN"' else if (value > 0) '"Infinity"' else '"-Infinity"')
  }
  time_text <- function(value) {
    text <- sub("0+$", "", format(value, "%Y-%m-%dT%H:%M:%OS6", tz = "UTC"))
    sub("\\.$", "", text)
  }
  scalar <- function(value) {
    if (is.character(value) || is.factor(value)) return(quoted(as.character(value)))
    if (is.na(value) && !is.nan(value)) return("null")
    if (inherits(value, "Date")) return(quoted(format(value, "%Y-%m-%d")))
    if (inherits(value, "POSIXct")) return(either(quoted(time_text(value)), quoted(paste0(time_text(value), "Z")), quoted(sub("T", " ", time_text(value))), quoted(format(value))))
    if (inherits(value, "difftime")) return(either(number(as.numeric(value, units = "secs")), quoted(format(value))))
    if (is.raw(value)) return(as.character(as.integer(value)))
    if (is.logical(value)) return(if (value) "true" else "false")
    if (is.numeric(value)) return(number(value))
    unconverted(typed(value), format(value))
  }
  encode <- function(value, depth = 0) {
    if (depth > 200) return(unconverted("a value nested more than 200 levels deep"))
    if (is.null(value)) return('{"$":"nothing"}')
    if (inherits(value, "POSIXlt")) return(encode(as.POSIXct(value), depth))
    if (is.data.frame(value)) {
      rows <- vapply(seq_len(nrow(value)), function(row) encode(as.list(value[row, , drop = FALSE]), depth + 1), "")
      return(paste0("[", paste(rows, collapse = ","), "]"))
    }
    if (is.array(value) && length(dim(value)) > 1) return(encode_array(value, dim(value), depth))
    if (is.function(value) || is.language(value)) return(unconverted(typed(value), paste(deparse(value), collapse = "\n")))
    if (isS4(value) || is.environment(value)) return(encode_own(value, depth))
    keys <- names(value)
    if (!is.null(keys)) return(encode_members(value, keys, depth))
    if (length(value) == 0) return('{"$":"nothing"}')
    if (is.list(value)) return(encode_items(value, depth))
    if (!is.atomic(value)) return(unconverted(typed(value)))
    if (length(value) == 1) return(if (is.complex(value)) scalar(value) else special("one", scalar(value)))
    encode_items(value, depth)
  }
  encode_items <- function(items, depth) {
    each <- if (is.list(items)) function(item) encode(item, depth + 1) else scalar
    paste0("[", paste(vapply(seq_along(items), function(index) each(items[[index]]), ""), collapse = ","), "]")
  }
  encode_members <- function(value, keys, depth) {
    if (length(value) == 0) return("{}")
    contents <- vapply(seq_along(value), function(index) encode(value[[index]], depth + 1), "")
    texts <- vapply(keys, quoted, "")
    if ("$" %in% keys) return(special("pairs", paste0("[", paste0("[", texts, ",", contents, "]", collapse = ","), "]")))
    paste0("{", paste0(texts, ":", contents, collapse = ","), "}")
  }
  # An array as lists in lists: the last dimension is the innermost.
  encode_array <- function(value, extent, depth) {
    if (length(extent) == 1) return(encode_items(as.vector(value), depth))
    parts <- vapply(seq_len(extent[[1]]), function(index) {
      part <- unname(value)[slice.index(value, 1) == index]
      encode_array(array(part, extent[-1]), extent[-1], depth)
    }, "")
    paste0("[", paste(parts, collapse = ","), "]")
  }
  # An object of S4, of a reference class or of R6, as its fields.
  encode_own <- function(value, depth) {
    fields <- if (is.environment(value) && isS4(value)) {
      names(value$getRefClass()$fields())
    } else if (isS4(value)) {
      setdiff(slotNames(value), ".Data")
    } else if (is.object(value)) {
      Filter(function(name) !is.function(get(name, value)) && !is.environment(get(name, value)), ls(value))
    }
    if (length(fields) == 0) return(unconverted(typed(value)))
    members <- lapply(fields, function(name) if (is.environment(value)) get(name, value) else slot(value, name))
    special("own", encode_members(members, fields, depth), paste0(',"type":', quoted(class(value)[[1]])))
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
  report <- function(name, verdict, message = "", line = NULL) {
    place <- if (is.null(line)) "" else paste0(',"line":', line)
    send(paste0('{"test":', quoted(name), ',"verdict":"', verdict, '","message":', quoted(substr(message, 1, 2000)), place, "}"))
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
      place <- if (length(bad) > 0) bad[[1]]$srcref
      report(result$test, verdict, if (length(bad) > 0) conditionMessage(bad[[1]]) else "", if (!is.null(place)) as.integer(place)[[1]])
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
