import { edgeSwitch } from '../families/edgeswitch.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  ...edgeSwitch,
  id: 'ubiquiti_edgeswitch',
  name: 'EdgeSwitch and UniFi switch',
  aliases: ['ubiquiti_unifiswitch'],
});
