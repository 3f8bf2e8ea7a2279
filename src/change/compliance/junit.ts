import { open, rename, rm } from 'node:fs/promises';
import { asNetwrightError, escapeXml, NetwrightError } from '#core';
import type { DeviceCheck, Finding } from './compliance.ts';
import { violationText } from './violation-text.ts';

/** A report as CI systems read it: a suite a device, a case a rule. It is there once it is finished, whole. */
export interface JunitReport extends AsyncDisposable {
  /** @throws NetwrightError `NW_USAGE` when the file cannot be written */
  add(check: DeviceCheck): Promise<void>;
  finish(): Promise<void>;
}

const mostBuffered = 64 * 1024;

/**
 * @param hide takes what must not be seen out of texts
 * @throws NetwrightError `NW_USAGE` when the file cannot be written
 */
export async function openJunitReport(
  file: string,
  title: string,
  hide: (text: string) => string,
): Promise<JunitReport> {
  const draft = `${file}.${process.pid}.part`;
  const written = async <T>(work: Promise<T>): Promise<T> =>
    await work.catch((error: unknown) => {
      const message = `${file} cannot be written: ${asNetwrightError(error).message}`;
      throw new NetwrightError('NW_USAGE', message, { cause: error });
    });
  const handle = await written(open(draft, 'w'));
  let waiting = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${attribute(title)}">\n`;
  let isOpen = true;
  let isFinished = false;
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    await written(handle.appendFile(text));
  };
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    async add(check) {
      waiting += suite(check, hide);
      if (waiting.length > mostBuffered) await flush();
    },
    async finish() {
      waiting += '</testsuites>\n';
      await flush();
      await close();
      await written(rename(draft, file));
      isFinished = true;
    },
    async [Symbol.asyncDispose]() {
      await close();
      if (!isFinished) await rm(draft, { force: true });
    },
  };
}

function suite({ device, platform, findings }: DeviceCheck, hide: (text: string) => string): string {
  const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length;
  const head = `name="${attribute(device)}" tests="${findings.length}" failures="${count('fail')}" errors="${count('unknown')}" skipped="${count('skipped')}"`;
  const cases = findings.map((finding) => testCase(device, finding, hide));
  const properties = `    <properties><property name="platform" value="${attribute(platform)}"/></properties>\n`;
  return `  <testsuite ${head}>\n${properties}${cases.join('')}  </testsuite>\n`;
}

function testCase(device: string, finding: Finding, hide: (text: string) => string): string {
  const { rule, state, severity, reason = '', violations, count } = finding;
  const open = `    <testcase name="${attribute(rule)}" classname="${attribute(device)}"`;
  const said = attribute(hide(reason));
  switch (state) {
    case 'pass':
      return `${open}/>\n`;
    case 'skipped':
      return `${open}><skipped message="${said}"/></testcase>\n`;
    case 'unknown':
      return `${open}><error type="${attribute(finding.code ?? '')}" message="${said}"/></testcase>\n`;
    case 'fail': {
      const lines = violations.map((one) => {
        const line = one.line === undefined ? '' : `line ${one.line}: `;
        return line + violationText(one);
      });
      const more = count > lines.length ? [`and ${count - lines.length} more`] : [];
      const body = escapeXml(possible(hide([...lines, ...more].join('\n'))));
      return `${open}><failure type="${severity}" message="${attribute(hide(lines[0] ?? ''))}">${body}</failure></testcase>\n`;
    }
  }
}

const attribute = (text: string): string => escapeXml(possible(text)).replaceAll('\n', '&#10;');

/** XML 1.0 has no way to hold most control characters; banners do. */
const possible = (text: string): string =>
  text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');
