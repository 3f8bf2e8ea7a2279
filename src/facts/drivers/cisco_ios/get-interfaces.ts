import type { ReadFacts } from '../../define-facts.ts';
import { readMac } from '../../values/mac.ts';
import { found, interfaceParagraphs } from './show-interfaces.ts';

const command = 'show interfaces';

export const getInterfaces: ReadFacts<'get_interfaces'> = async (ask) =>
  Object.fromEntries(
    interfaceParagraphs(ask, command, await ask.text(command)).map((paragraph) => {
      const kbits = found(paragraph, /\bBW (\d{1,12}) Kbit/);
      return [
        paragraph.name,
        {
          is_up: paragraph.protocol.startsWith('up'),
          is_enabled: !paragraph.status.startsWith('administratively'),
          description: found(paragraph, /^Description: ?(.*)/) ?? '',
          last_flapped: -1,
          speed: kbits === undefined ? -1 : Number(kbits) / 1000,
          mtu: Number(found(paragraph, /^MTU (\d{1,6}) bytes/) ?? -1),
          mac_address: readMac(found(paragraph, /\baddress is ([0-9a-f.]{14})\b/) ?? '') ?? '',
        },
      ];
    }),
  );
