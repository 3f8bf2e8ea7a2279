import type { SimulatedDevice } from '../../device.ts';
import { reaches } from '../../network/index.ts';
import type { PersonaCommand } from '../../persona.ts';
import { answer, lined } from './answer.ts';

const count = 5;
const tries = [...Array(count).keys()];

/** What five echo requests come to, in the words of a system. */
type Words = (target: string, isReached: boolean) => readonly string[];

const targetIn = (words: readonly string[]): string =>
  words.find((word) => /^\d+\.\d+\.\d+\.\d+$/.test(word)) ?? words[0] ?? '';

/** `ping`, of a neighbour or of whatever is behind one. */
export const pingCommand = (words: string, says: Words, modes?: readonly string[]): PersonaCommand =>
  answer(words, (device: SimulatedDevice, rest) => lined(says(targetIn(rest), reaches(device, targetIn(rest)))), modes);

export const iosPing: Words = (target, isReached) => [
  'Type escape sequence to abort.',
  `Sending ${count}, 100-byte ICMP Echos to ${target}, timeout is 2 seconds:`,
  (isReached ? '!' : '.').repeat(count),
  isReached
    ? `Success rate is 100 percent (${count}/${count}), round-trip min/avg/max = 1/1/4 ms`
    : `Success rate is 0 percent (0/${count})`,
];

/** As iputils has it: Linux, VyOS, EOS, AOS-CX. */
export const linuxPing =
  (bytes: number): Words =>
  (target, isReached) => [
    `PING ${target} (${target}) ${bytes}(${bytes + 28}) bytes of data.`,
    ...(isReached
      ? tries.map((nth) => `${bytes + 8} bytes from ${target}: icmp_seq=${nth + 1} ttl=64 time=0.3${nth}2 ms`)
      : []),
    '',
    `--- ${target} ping statistics ---`,
    `${count} packets transmitted, ${isReached ? count : 0} received, ${isReached ? 0 : 100}% packet loss, time 4092ms`,
    ...(isReached ? ['rtt min/avg/max/mdev = 0.302/0.322/0.342/0.014 ms'] : ['']),
  ];

/** As BSD has it: Junos and, with more digits, NX-OS. */
export const bsdPing =
  (digits: number, deviation: string): Words =>
  (target, isReached) => [
    `PING ${target} (${target}): 56 data bytes`,
    ...tries.flatMap((nth) =>
      isReached
        ? [`64 bytes from ${target}: icmp_seq=${nth} ttl=64 time=1.0${nth}2 ms`]
        : digits > 0
          ? [`Request ${nth} timed out`]
          : [],
    ),
    '',
    `--- ${target} ping statistics ---`,
    `${count} packets transmitted, ${isReached ? count : 0} packets received, ${(isReached ? 0 : 100).toFixed(digits)}% packet loss`,
    ...(isReached
      ? [`round-trip min/avg/max${deviation} = 1.002/1.022/1.042${deviation === '' ? '' : '/0.014'} ms`]
      : []),
    '',
  ];

export const vrpPing: Words = (target, isReached) => [
  `  PING ${target}: 56  data bytes, press CTRL_C to break`,
  ...tries.map((nth) =>
    isReached ? `    Reply from ${target}: bytes=56 Sequence=${nth + 1} ttl=255 time=1 ms` : '    Request time out',
  ),
  '',
  `  --- ${target} ping statistics ---`,
  `    ${count} packet(s) transmitted`,
  `    ${isReached ? count : 0} packet(s) received`,
  `    ${isReached ? '0.00' : '100.00'}% packet loss`,
  ...(isReached ? ['    round-trip min/avg/max = 1/1/2 ms'] : []),
  '',
];

export const comwarePing: Words = (target, isReached) => [
  `Ping ${target} (${target}): 56 data bytes, press CTRL+C to break`,
  ...tries.map((nth) =>
    isReached ? `56 bytes from ${target}: icmp_seq=${nth} ttl=255 time=1.${nth}20 ms` : 'Request time out',
  ),
  '',
  `--- Ping statistics for ${target} ---`,
  `${count} packet(s) transmitted, ${isReached ? count : 0} packet(s) received, ${isReached ? '0.0' : '100.0'}% packet loss`,
  ...(isReached ? ['round-trip min/avg/max/std-dev = 1.020/1.220/1.420/0.141 ms'] : []),
];

export const routerosPing: Words = (target, isReached) => [
  '  SEQ HOST                                     SIZE TTL TIME       STATUS             ',
  ...tries.map((nth) =>
    isReached
      ? `    ${nth} ${target.padEnd(40)}   56  64 3${nth}2us`
      : `    ${nth} ${target.padEnd(40)}                    timeout`,
  ),
  isReached
    ? `    sent=${count} received=${count} packet-loss=0% min-rtt=302us avg-rtt=322us max-rtt=342us`
    : `    sent=${count} received=0 packet-loss=100%`,
  '',
];

export const fastironPing: Words = (target, isReached) => [
  `Sending ${count}, 16-byte ICMP Echo to ${target}, timeout 5000 msec, TTL 64`,
  'Type Control-c to abort',
  ...tries.map(() => (isReached ? `Reply from ${target.padEnd(15)} : bytes=16 time<1ms TTL=64` : 'Request timed out.')),
  isReached
    ? `Success rate is 100 percent (${count}/${count}), round-trip min/avg/max=0/0/0 ms.`
    : 'No reply from remote host.',
];
