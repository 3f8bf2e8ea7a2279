import { Command } from '@commander-js/extra-typings';
import { NetwrightError } from '#core';
import { example } from '../example.ts';
import type { Runtime } from '../runtime.ts';

export function trustCommand(runtime: Runtime) {
  return new Command('trust')
    .description('Accept the host key, or the certificate, that a device shows now in place of the one remembered.')
    .argument('<device>')
    .option('-y, --yes', 'do not ask')
    .option('--fingerprint <fingerprint>', 'accept only this one: SHA256:…, as read on the console')
    .option('--certificate', 'the certificate of its HTTPS server, instead of the SSH host key')
    .addHelpText(
      'after',
      example(
        'inventory trust r1',
        'inventory trust r1 --fingerprint SHA256:3yG…',
        'inventory trust leaf1 --certificate --fingerprint SHA256:3F:9A:…',
      ),
    )
    .action(async (name, { yes, certificate, fingerprint: wanted }) => {
      const { screen, signal } = runtime;
      const workspace = await runtime.workspace();
      const inventory = await workspace.inventory();
      const device = inventory.get(name);
      if (certificate) {
        const { trustCertificate } = await import('./inventory-trust-certificate.ts');
        const isAccepted = async (question: string): Promise<boolean> => yes ?? (await confirmed(runtime, question));
        await trustCertificate(runtime, workspace, device, wanted, isAccepted);
        return;
      }
      if (device.transport !== 'ssh') throw new NetwrightError('NW_USAGE', `${name}: Telnet has no host keys`);
      const [{ endpointOf }, { fingerprint }] = await Promise.all([import('#runner'), import('#transport')]);
      const { credentials, redactor } = workspace;
      const endpoint = await endpointOf(device, { credentials, inventory, redactor });
      const shown = await (await workspace.dialer()).scanHostKey(endpoint, { signal, timeoutMs: 60_000 });
      const knownHosts = await workspace.knownHosts();
      // Before anything else: whoever read a fingerprint on the console asks whether it is this one.
      if (wanted !== undefined && wanted !== shown.fingerprint) {
        throw new NetwrightError('NW_SSH_HOST_KEY_CHANGED', `${name}: shows ${shown.fingerprint}, expected ${wanted}`, {
          hint: 'nothing was changed; read the fingerprint on the console once more: what answers at that address may be another device',
        });
      }
      const known = knownHosts.find(shown.host);
      const before = known.map(({ type, key }) => `${type} ${fingerprint(key)}`);
      if (known.some(({ key }) => key === shown.key)) {
        screen.document({
          device: name,
          host: shown.host,
          fingerprint: shown.fingerprint,
          accepted: false,
          known: true,
        });
        screen.print(`${name} shows the key that is trusted already: ${shown.fingerprint}`);
        return;
      }
      const { bold, yellow } = screen.errorColors;
      for (const line of before) screen.note(`remembered  ${line}`);
      screen.note(`shown now   ${shown.type} ${bold(shown.fingerprint)}`);
      if (!yes && wanted === undefined && !(await confirmed(runtime, yellow(`Trust it for ${shown.host}? [y/N] `)))) {
        throw new NetwrightError('NW_CANCELLED', `${name}: nothing was changed`, {
          hint: 'compare the fingerprint with the one on the console of the device',
        });
      }
      await knownHosts.replace(shown.host, { type: shown.type, key: shown.key });
      screen.document({ device: name, host: shown.host, fingerprint: shown.fingerprint, accepted: true, before });
      screen.print(`${name} is trusted with ${shown.fingerprint}`);
    });
}

/** @throws NetwrightError `NW_USAGE` when there is nobody to ask. */
async function confirmed({ stdin, screen, signal }: Runtime, question: string): Promise<boolean> {
  if (stdin.isTTY !== true) {
    throw new NetwrightError('NW_USAGE', 'there is nobody to ask', {
      hint: 'compare the fingerprint, then give --fingerprint, or --yes to accept whatever is shown',
    });
  }
  const { createInterface } = await import('node:readline/promises');
  const readline = createInterface({ input: stdin, output: screen.errorStream });
  try {
    return /^y(es)?$/i.test((await readline.question(question, { signal })).trim());
  } finally {
    readline.close();
  }
}
