import { Command, Option } from '@commander-js/extra-typings';
import type { ShownAuditRecord } from '#change';
import { NetwrightError } from '#core';
import { printDevices, printPlanned, reportFailedRollbacks, statesText } from '../change-text.ts';
import { colorDiff } from '../color-diff.ts';
import { example } from '../example.ts';
import { withoutDevice } from '../failures.ts';
import { count } from '../run-flags.ts';
import type { Runtime } from '../runtime.ts';
import { counted, formatTime, table } from '../table.ts';

export function changeStatusCommand(runtime: Runtime) {
  return new Command('status')
    .description('What every device of a change is at. What was promised and is due is done first.')
    .argument('[id]', 'default: all that are open, or the newest')
    .addHelpText('after', example('change status', 'change status 261120-k3f9w --json'))
    .action(async (id) => {
      const { screen, signal } = runtime;
      const workspace = await runtime.workspace();
      const { changeStatus, openChanges } = await import('#change');
      const ids = id === undefined ? await openChanges(workspace, signal) : [id];
      const found = [];
      for (const one of ids) found.push(await changeStatus(workspace, one, { signal }));
      screen.document(found.map((status) => ({ ...status, settled: status.settled.length })));
      const { bold, dim } = screen.colors;
      if (found.length === 0) screen.note('nothing was changed yet');
      for (const { settled, devices, ...change } of found) {
        for (const { device, ok, value, error } of settled) {
          screen.note(`${device}: ${ok ? `${value} now, as was promised` : `${error.code}: ${error.message}`}`);
        }
        screen.print(
          bold(`change ${change.id}`) + dim(`  ${change.intent}, ${change.author}, ${formatTime(change.createdAtMs)}`),
        );
        if (change.comment !== undefined) screen.print(dim(change.comment));
        printDevices(screen, devices);
        screen.print();
        reportFailedRollbacks(screen, change.id, devices);
        if (devices.some(({ state }) => state === 'rollback failed' || state === 'unknown')) runtime.someFailed();
      }
    });
}

export function changeListCommand(runtime: Runtime) {
  return new Command('list')
    .description('Changes and plans, newest first.')
    .argument('[device]', 'only those of a device')
    .addOption(new Option('-n, --limit <count>', 'at most so many').argParser(count).default(20))
    .addHelpText('after', example('change list', 'change list r1'))
    .action(async (device, { limit }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const { listChanges } = await import('#change');
      const changes = await listChanges(workspace, { limit, ...(device !== undefined && { device }) });
      screen.document(changes.map((change) => ({ ...change, createdAt: new Date(change.createdAtMs).toISOString() })));
      const rows = changes.map(({ id, createdAtMs, author, intent, comment, states, hash }) => [
        screen.colors.yellow(id),
        formatTime(createdAtMs),
        author,
        hash === '' ? 'not finished' : statesText(states),
        screen.redactor.redact(comment === undefined ? intent : `${intent}: ${comment}`),
      ]);
      screen.print(table(['ID', 'PLANNED', 'WHO', 'DEVICES', 'WHAT'], rows, screen.colors.bold, screen.listColumns));
    });
}

export function changeShowCommand(runtime: Runtime) {
  return new Command('show')
    .description('What was planned, and what became of it; secrets are taken out.')
    .argument('<id>')
    .argument('[device]')
    .option('--commands', 'the lines that are sent, however many')
    .option('--rollback', 'the lines that take it back')
    .option('--by-hand', 'only the lines to type to take it back, secrets included; needs a device')
    .addHelpText('after', example('change show 261120-k3f9w', 'change show 261120-k3f9w r1 --by-hand'))
    .action(async (id, device, { commands, rollback, byHand }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const { showChange, rollbackLines } = await import('#change');
      if (byHand) {
        if (device === undefined) {
          throw new NetwrightError('NW_USAGE', '--by-hand needs a device', {
            hint: `netwright change show ${id} <device> --by-hand`,
          });
        }
        const lines = await rollbackLines(workspace, id, device);
        // The person asked for the secrets; without them the lines could not be typed.
        if (screen.isJson) screen.documentWithSecrets({ device, lines });
        else screen.printRaw(Buffer.from(`${lines.join('\n')}\n`));
        return;
      }
      const { devices, ...change } = await showChange(workspace, id);
      const shown = device === undefined ? devices : devices.filter((one) => one.device === device);
      screen.document({ ...change, devices: shown });
      const { bold, dim } = screen.colors;
      screen.print(
        bold(`change ${change.id}`) + dim(`  ${change.intent}, ${change.author}, ${formatTime(change.createdAtMs)}`),
      );
      screen.print(dim(`hash ${change.hash}`));
      if (change.comment !== undefined) screen.print(change.comment);
      screen.print();
      const planned = shown.filter(({ text, state }) => text !== undefined && state !== 'same');
      for (const group of Map.groupBy(planned, ({ textHash, promise }) =>
        JSON.stringify([textHash, promise]),
      ).values()) {
        const [first] = group;
        if (first?.text === undefined) continue;
        const { text, promise } = first;
        const options = { ...(commands && { commands }), ...(rollback && { rollback }) };
        printPlanned(
          screen,
          group.map((one) => one.device),
          { text, ...(promise && { promise }) },
          options,
        );
      }
      printDevices(screen, shown);
      reportFailedRollbacks(screen, change.id, shown);
    });
}

export function changeAuditCommand(runtime: Runtime) {
  return new Command('audit')
    .description('Who changed what, when and why; shows whether the record was tampered with.')
    .argument('[id]', 'only of one change')
    .option('--diff', 'with the diff of every commit')
    .option('--verify', 'check the chain of records, and it against the history of the configurations')
    .addOption(new Option('-n, --limit <count>', 'the newest so many').argParser(count).default(200))
    .addHelpText('after', example('change audit', 'change audit 261120-k3f9w --diff', 'change audit --verify'))
    .action(async (id, { verify, limit, diff }) => {
      const { screen } = runtime;
      const workspace = await runtime.workspace();
      const { readAudit, verifyAudit } = await import('#change');
      if (verify) {
        const result = await verifyAudit(workspace);
        screen.document(result);
        const marks = counted(result.anchors, 'mark');
        screen.print(
          screen.colors.green(
            `${counted(result.records, 'record')} as they were written, ${marks} in the history agree`,
          ),
        );
        return;
      }
      const records = await readAudit(workspace, { limit, ...(id !== undefined && { changeId: id }) });
      screen.document(records.map((record) => ({ ...record, at: new Date(record.atMs).toISOString() })));
      const { bold, dim, yellow } = screen.colors;
      const rows = records.map((record) => [
        dim(String(record.id)),
        formatTime(record.atMs),
        record.actor,
        yellow(record.changeId),
        record.device ?? '',
        record.event,
        dim(detailOf(record)),
      ]);
      const lines = table(['NR', 'WHEN', 'WHO', 'CHANGE', 'DEVICE', 'WHAT', ''], rows, bold).split('\n');
      for (const [at, line] of lines.entries()) {
        screen.print(line);
        const shown = diff ? records[at - 1]?.diff : undefined;
        if (shown !== undefined)
          screen.printText(`${colorDiff(shown.replace(/\n$/, ''), screen.colors).replace(/^/gm, '      ')}\n`);
      }
    });
}

/** What of a record says the most, in one line. */
function detailOf({ data, device }: ShownAuditRecord): string {
  const { comment, because, intent } = data as { comment?: string; because?: { message?: string }; intent?: string };
  const why = because?.message === undefined ? undefined : withoutDevice(device ?? '', because.message);
  return (comment ?? why ?? intent ?? '').split('\n', 1)[0] ?? '';
}
