/** Long names by the abbreviations that IOS, NX-OS, XR and EOS print; the first three letters do not suffice for all. */
const longNames: readonly (readonly [RegExp, string])[] = [
  [/^(?:fourhundredgige|fo(?:ur)?hu(?:n|ndred)?(?:gige?)?|f4|fourhu)(?=\d)/i, 'FourHundredGigE'],
  [/^(?:twohundredgige|twohu|th(?:ge)?)(?=\d)/i, 'TwoHundredGigE'],
  [/^(?:hundredgige|hundredgigabitethernet|hu(?:n|ndred)?(?:gig)?e?)(?=\d)/i, 'HundredGigE'],
  [/^(?:fiftygige|fi(?:fty)?(?:gige?)?)(?=\d)/i, 'FiftyGigE'],
  [/^(?:fortygigabitethernet|fortygige|fo(?:rty)?(?:gige?)?)(?=\d)/i, 'FortyGigabitEthernet'],
  [/^(?:twentyfivegige|twe(?:ntyfive)?(?:gige?)?|tf)(?=\d)/i, 'TwentyFiveGigE'],
  [/^(?:tengigabitethernet|tengige|te(?:n|ngig)?(?:e)?)(?=\d)/i, 'TenGigabitEthernet'],
  [/^(?:fivegigabitethernet|fiv(?:e|egig)?)(?=\d)/i, 'FiveGigabitEthernet'],
  [/^(?:twogigabitethernet|tw(?:o|ogig)?)(?=\d)/i, 'TwoGigabitEthernet'],
  [/^(?:gigabitethernet|gig?(?:e|abit)?)(?=\d)/i, 'GigabitEthernet'],
  [/^(?:appgigabitethernet|ap)(?=\d)/i, 'AppGigabitEthernet'],
  [/^(?:fastethernet|fas?(?:t|e)?)(?=\d)/i, 'FastEthernet'],
  [/^(?:ethernet|eth?|ethe)(?=\d)/i, 'Ethernet'],
  [/^(?:management|mgmt|ma)(?=\d)/i, 'Management'],
  [/^(?:port-?channel|po)(?=\d)/i, 'Port-channel'],
  [/^(?:bundle-ether|be)(?=\d)/i, 'Bundle-Ether'],
  [/^(?:loopback|lo(?:op)?)(?=\d)/i, 'Loopback'],
  [/^(?:tunnel|tu(?:n)?)(?=\d)/i, 'Tunnel'],
  [/^(?:vlan|vl)(?=\d)/i, 'Vlan'],
  [/^(?:bdi|bd)(?=\d)/i, 'BDI'],
  [/^(?:serial|se(?:r)?)(?=\d)/i, 'Serial'],
  [/^(?:multilink|mu)(?=\d)/i, 'Multilink'],
  [/^(?:dialer|di)(?=\d)/i, 'Dialer'],
  [/^(?:cellular|ce)(?=\d)/i, 'Cellular'],
  [/^(?:nve|nv)(?=\d)/i, 'nve'],
  [/^(?:wlan-gigabitethernet|wl(?:an)?-?gi)(?=\d)/i, 'Wlan-GigabitEthernet'],
  [/^(?:pos|po?s)(?=\d)/i, 'POS'],
  [/^(?:atm|at)(?=\d)/i, 'ATM'],
];

/** `Gi1/0/1` as `GigabitEthernet1/0/1`; a name that is none of Cisco's stays as it is. */
export function longInterfaceName(name: string): string {
  const word = name.trim().replace(/^([A-Za-z-]+) (?=\d)/, '$1');
  for (const [abbreviation, long] of longNames) {
    if (abbreviation.test(word)) return word.replace(abbreviation, long);
  }
  return word;
}
