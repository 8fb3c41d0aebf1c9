# Attaches the packages that a file attaches. Defines only the functions of the file and calls nothing. If a
# package is absent, it may define an unknown function.

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
