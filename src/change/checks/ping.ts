import { type CallOptions, NetwrightError } from '#core';
import type { Session } from '#device';

/** How five echo requests are asked for, by platform id. Where nothing limits their number there is no entry: FRR's vtysh. */
const commands: Readonly<Record<string, (target: string) => string>> = {
  arista_eos: (target) => `ping ${target}`,
  aruba_aoscx: (target) => `ping ${target} repetitions 5`,
  brocade_fastiron: (target) => `ping ${target} count 5`,
  cisco_asa: (target) => `ping ${target}`,
  cisco_ios: (target) => `ping ${target}`,
  cisco_nxos: (target) => `ping ${target} count 5`,
  cisco_xe: (target) => `ping ${target}`,
  cisco_xr: (target) => `ping ${target}`,
  cumulus_linux: (target) => `ping -c 5 -i 0.2 -W 2 ${target}`,
  dell_os10: (target) => `ping -c 5 ${target}`,
  fortinet: (target) => `execute ping ${target}`,
  hp_comware: (target) => `ping -c 5 ${target}`,
  huawei_vrp: (target) => `ping -c 5 ${target}`,
  huawei_vrpv8: (target) => `ping -c 5 ${target}`,
  juniper_junos: (target) => `ping ${target} count 5`,
  linux: (target) => `ping -c 5 -i 0.2 -W 2 ${target}`,
  mikrotik_routeros: (target) => `/ping ${target} count=5`,
  nokia_sros: (target) => `ping ${target} count 5`,
  paloalto_panos: (target) => `ping count 5 host ${target}`,
  vyos: (target) => `ping ${target} count 5`,
};

/** What the first packets lose while addresses are resolved is no failure. */
const mostLostPercent = 40;
const timeoutMs = 30_000;

/** @throws `NW_USAGE`: it is typed at a prompt, so it must be nothing but an address or a name */
export function checkPingTarget(target: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/.test(target)) return target;
  throw new NetwrightError('NW_USAGE', `--ping ${JSON.stringify(target)}: expected an address or a name`);
}

/** Pings from a device: whether most came back, and what it said. @throws `NW_NOT_SUPPORTED`, and what sending throws */
export async function pingFrom(
  session: Session,
  target: string,
  options: CallOptions = {},
): Promise<{ readonly holds: boolean; readonly found: string }> {
  const command = commands[session.platform.id];
  if (command === undefined) {
    throw new NetwrightError(
      'NW_NOT_SUPPORTED',
      `${session.device} (${session.platform.id}): no ping that ends by itself`,
    );
  }
  const line = command(target);
  const [output] = await session.sendAll([line], { ...options, timeoutMs, rejectFailures: false });
  const lost = output && lostPercent(output.text);
  if (lost === undefined && output?.failure !== undefined) {
    throw new NetwrightError(
      'NW_COMMAND_REJECTED',
      `${session.device} (${session.platform.id}): it does not ping: "${line}" was refused: "${output.failure.trim()}"`,
      { hint: 'leave --ping out, or give the user the right to ping; --expect asks for facts instead' },
    );
  }
  if (lost === undefined) {
    const [line = ''] = output?.text.trim().split('\n').slice(-1) ?? [];
    return { holds: false, found: line.slice(0, 200) || 'no answer' };
  }
  return { holds: lost <= mostLostPercent, found: `${lost} % lost` };
}

/** IOS counts what came, everybody else what did not. */
function lostPercent(text: string): number | undefined {
  const success = /Success rate is (\d{1,3}) percent/i.exec(text)?.[1];
  if (success !== undefined) return 100 - Number(success);
  const loss = /(\d{1,3})(?:\.\d+)?% (?:packet )?loss|packet-loss=(\d{1,3})%/i.exec(text);
  return loss === null ? undefined : Number(loss[1] ?? loss[2]);
}
