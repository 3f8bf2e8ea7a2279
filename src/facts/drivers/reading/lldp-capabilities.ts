/** The letters that command lines print for a capability of IEEE 802.1AB, 8.5.8, in NAPALM's words. */
const ofLetter: Readonly<Record<string, string>> = {
  o: 'other',
  p: 'repeater',
  b: 'bridge',
  w: 'wlan-access-point',
  r: 'router',
  t: 'telephone',
  c: 'docsis-cable-device',
  s: 'station',
};

/** Words and field names of systems that spell them out. */
const ofName: Readonly<Record<string, string>> = {
  other: 'other',
  repeater: 'repeater',
  bridge: 'bridge',
  switch: 'bridge',
  wlan: 'wlan-access-point',
  wlanaccesspoint: 'wlan-access-point',
  router: 'router',
  tel: 'telephone',
  telephone: 'telephone',
  docsis: 'docsis-cable-device',
  docsiscabledevice: 'docsis-cable-device',
  station: 'station',
  stationonly: 'station',
};

/** `B,R` or `B R`; a letter that the standard does not have stays as it came. */
export const capabilitiesOfLetters = (text: string): string[] =>
  (text.match(/[^\s,]+/g) ?? []).map((letter) => ofLetter[letter.toLowerCase()] ?? letter.toLowerCase());

/** `Bridge`, `wlanAccessPoint`, `Station Only`: one name. */
export const capabilityOfName = (name: string): string =>
  ofName[name.toLowerCase().replace(/[\s_-]+/g, '')] ?? name.toLowerCase();
