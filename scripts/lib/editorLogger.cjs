// The logger of the editor that `npm start` opens, with the interface of `@vscode/spdlog`. That package is a native module,
// which is not built there; without a logger the editor writes no log files, and its Output shows none.

const { appendFileSync, mkdirSync, renameSync, statSync } = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

/** Appends lines to a file; a file that has become too large is renamed, and begun again. */
class Logger {
  #path;
  #maxBytes;
  #level = levels.indexOf('info');
  #isFormatted = true;

  /**
   * @param {string} _type
   * @param {string} _name
   * @param {string} file
   * @param {number} maxBytes
   */
  constructor(_type, _name, file, maxBytes) {
    this.#path = file;
    this.#maxBytes = maxBytes;
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, '');
  }

  /** @param {string} message */
  trace(message) {
    this.#write('trace', message);
  }
  /** @param {string} message */
  debug(message) {
    this.#write('debug', message);
  }
  /** @param {string} message */
  info(message) {
    this.#write('info', message);
  }
  /** @param {string} message */
  warn(message) {
    this.#write('warning', message);
  }
  /** @param {string} message */
  error(message) {
    this.#write('error', message);
  }
  /** @param {string} message */
  critical(message) {
    this.#write('critical', message);
  }

  getLevel() {
    return this.#level;
  }
  /** @param {number} level */
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.#isFormatted = false;
  }
  flush() {}
  drop() {}

  /**
   * @param {string} level
   * @param {string} message
   */
  #write(level, message) {
    if (levels.indexOf(level) < this.#level) return;
    const { size } = statSync(this.#path, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size > this.#maxBytes) renameSync(this.#path, `${this.#path}.1`);
    appendFileSync(this.#path, this.#isFormatted ? `${time()} [${level}] ${message}\n` : message);
  }
}

/** The local time, such as `2026-11-30 14:05:09.123`. */
function time() {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, -1).replace('T', ' ');
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
/** @param {[string, string, number]} of */
exports.createRotatingLogger = async (...of) => new Logger('rotating', ...of);
/** @param {[string, string, number]} of */
exports.createAsyncRotatingLogger = async (...of) => new Logger('rotating_async', ...of);
