import { edgeSwitch } from '../families/edgeswitch.ts';
import { definePlatform } from '../platform.ts';

export const platform = definePlatform({
  ...edgeSwitch,
  id: 'ubiquiti_edge',
  name: 'EdgeMAX (EdgeSwitch)',
  detect: {
    prompt: /\((?:UBNT EdgeSwitch|EdgeSwitch[^()]{0,40})\) ?[>#]/,
    probes: [{ run: 'show version', match: /System Description\.+ (?:EdgeSwitch|US-)/, priority: 85 }],
  },
});
