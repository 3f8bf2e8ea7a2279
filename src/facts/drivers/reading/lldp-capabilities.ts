/** What systems call it that spell out a capability of IEEE 802.1AB, 8.5.8, in NAPALM's words. */
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

/** `Bridge`, `wlanAccessPoint`, `Station Only`: one name. */
export const capabilityOfName = (name: string): string =>
  ofName[name.toLowerCase().replace(/[\s_-]+/g, '')] ?? name.toLowerCase();
