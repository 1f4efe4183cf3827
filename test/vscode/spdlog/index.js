// Takes the place of the npm package @vscode/spdlog in the installed VS Code. Its native module is not compiled there, and without it VS
// Code keeps no log files and every log channel in the Output view stays empty. Same interface, written at once, never rotated.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Names as spdlog prints them, in the order of its levels; 6 is off. */
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

/** One log file. */
export class Logger {
  /** @param {string} _type @param {string} _name @param {string} file */
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
  }

  /** @param {number} level @param {string} message */
  write(level, message) {
    if (level >= this.level) {
      const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
      appendFileSync(this.file, this.plain ? message : `${time} [${levels[level]}] ${message}\n`);
    }
  }

  /** @param {string} message */
  trace(message) {
    this.write(0, message);
  }

  /** @param {string} message */
  debug(message) {
    this.write(1, message);
  }

  /** @param {string} message */
  info(message) {
    this.write(2, message);
  }

  /** @param {string} message */
  warn(message) {
    this.write(3, message);
  }

  /** @param {string} message */
  error(message) {
    this.write(4, message);
  }

  /** @param {string} message */
  critical(message) {
    this.write(5, message);
  }

  getLevel() {
    return this.level;
  }

  /** @param {number} level */
  setLevel(level) {
    this.level = level;
  }

  /** VS Code has one pattern, the one written above. */
  setPattern() {
    this.plain = false;
  }

  /** From now on a message is written as it is, line ends included. */
  clearFormatters() {
    this.plain = true;
  }

  /** Every line is written at once. */
  flush() {
    return undefined;
  }

  /** No file stays open. */
  drop() {
    return undefined;
  }
}

/** Every line is written at once. */
export function setFlushOn() {
  return undefined;
}

/** @param {string} name @param {string} file */
export async function createRotatingLogger(name, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}

/** @param {string} name @param {string} file */
export function createAsyncRotatingLogger(name, file) {
  return createRotatingLogger(name, file);
}
