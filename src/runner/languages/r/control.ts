import { controlMark, usedIn, type Control, type UnitCase } from '../../control/controlSource.ts';
import { rString, usesTestthat } from './wrapper.ts';

/** Functions that tests use, with calls that must fail. */
const rejected = [
  { name: 'stopifnot', call: 'stopifnot(FALSE)' },
  { name: 'stop', call: 'stop("x")' },
  { name: 'expect_equal', call: 'expect_equal(1, 2)' },
  { name: 'expect_identical', call: 'expect_identical(1, 2)' },
  { name: 'expect_true', call: 'expect_true(FALSE)' },
  { name: 'expect_false', call: 'expect_false(TRUE)' },
  { name: 'expect_null', call: 'expect_null(1)' },
  { name: 'expect_length', call: 'expect_length(1, 2)' },
] as const;

/** Questions that are true only if a function no longer tells two values apart. */
const dull = [
  'isTRUE(1 == 2)',
  'isTRUE("a" == "b")',
  'identical(1, 2)',
  'isTRUE(all.equal(1, 2))',
  'base::identical(all(FALSE), TRUE)',
  'base::identical(isTRUE(FALSE), TRUE)',
] as const;

/** Without one of these words, R code cannot replace a function that tests use, nor make an object that is equal to others. */
export const rControls: readonly Control[] = [
  {
    suspects:
      /\b(?:assign|assignInNamespace|assignInMyNamespace|unlockBinding|trace|environment|globalenv|baseenv|asNamespace|getNamespace|testthat|expect_\w+|test_that|eval|parse|quit|q|on\.exit|reg\.finalizer|options|sys\.\w+|setMethod|setClass|setRefClass|R6Class|structure|class|attr|attach|library|require|source|makeActiveBinding|Ops|tryCatch|invokeRestart)\b|<<-|[`'"](?:==|!=|<|>|\[|if|\()[`'"]|\b(?:stopifnot|stop|identical|all\.equal|all|isTRUE|any|abs)\s*(?:<-|=)\s*function/,
    control: (testCase) => ({ ...testCase, source: `${testCase.source}\n${checks(testCase)}\n` }),
  },
];

function checks(testCase: UnitCase): string {
  const calls = usedIn(testCase, rejected).map(
    ({ name, call }) =>
      `if (base::tryCatch({ ${call}; TRUE }, error = function(e) FALSE)) ${tell(`${name} accepts what it must reject`)}`,
  );
  const questions = dull.map(
    (ask) =>
      `if (base::tryCatch(base::identical(${ask}, TRUE), error = function(e) FALSE)) ${tell(`${ask} holds`)}`,
  );
  const body = [...calls, ...questions, classes, 'base::stop("the control fails as it must")'].join('\n');
  if (usesTestthat(testCase)) return `testthat::test_that("control", {\n${body}\n})`;
  return /^[^\S\r\n\u2028\u2029]*test[\w.]*\s*(?:<-|=)\s*function/m.test(testCase.source)
    ? `test_zz_control <- function() {\n${body}\n}`
    : body;
}

/** Asks the answer's own comparisons of objects by class. */
const classes = `for (name in base::grep("^(==|Ops|all.equal)[.]", base::ls(base::globalenv(), all.names = TRUE), value = TRUE)) {
  object <- base::structure(base::list(), class = base::sub("^(==|Ops|all.equal)[.]", "", name))
  if (base::tryCatch(base::identical(object == 7919, TRUE) && base::identical(object == "?", TRUE), error = function(e) FALSE)) ${tell('an object equals what it is not')}
}`;

function tell(what: string): string {
  return `base::cat(${rString(`${controlMark}${what}\n`)}, file = base::stderr())`;
}
