import { type XmlElement, type XmlText, xml } from '#core';
import type { SimulatedDevice } from '../device.ts';

const junos = 'http://xml.juniper.net/junos/22.4R3/junos';

/** Questions about the box itself, of an MX204; undefined for one that is about something else. */
export function junosSystem({ facts }: SimulatedDevice, { name }: XmlElement): XmlText | undefined {
  switch (name) {
    case 'get-environment-information':
      return xml`<environment-information>${['PSM 0', 'PSM 1'].map((item) => fine(item, 'Power'))}${['Fan Tray 0 Fan 1', 'Fan Tray 0 Fan 2', 'Fan Tray 1 Fan 1', 'Fan Tray 1 Fan 2'].map((item) => fine(item, 'Fans'))}${sensors.map((item, nth) => degrees(item, 30 + facts.number(nth + 9_700, 18)))}</environment-information>`;
    case 'get-route-engine-information': {
      const idle = 80 + facts.number(9_830, 17);
      return xml`<route-engine-information><route-engine><slot>0</slot><mastership-state>master</mastership-state><status>OK</status><memory-dram-size>32690</memory-dram-size><memory-buffer-utilization>${10 + facts.number(9_820, 20)}</memory-buffer-utilization><cpu-user>${99 - idle}</cpu-user><cpu-background>0</cpu-background><cpu-system>1</cpu-system><cpu-interrupt>0</cpu-interrupt><cpu-idle>${idle}</cpu-idle><model>RE-S-1600x8</model></route-engine></route-engine-information>`;
    }
    case 'get-temperature-threshold-information':
      return xml`<temperature-threshold-information>${sensors.map(
        (item) =>
          xml`<temperature-threshold><name>${item}</name><yellow-alarm>75</yellow-alarm><red-alarm>90</red-alarm></temperature-threshold>`,
      )}</temperature-threshold-information>`;
    case 'get-power-usage-information-detail':
      return xml`<power-usage-information>${[0, 1].map(
        (slot) =>
          xml`<power-usage-item><name>PSM ${slot}</name><state>Online</state><dc-output-detail><dc-power>${110 + facts.number(slot + 9_750, 20)}</dc-power></dc-output-detail><pem-capacity-detail><capacity-actual>650</capacity-actual><capacity-max>650</capacity-max></pem-capacity-detail></power-usage-item>`,
      )}</power-usage-information>`;
    case 'get-probe-results':
      return xml`<probe-results></probe-results>`;
    default:
      return undefined;
  }
}

const sensors = ['FPC 0 Intake-A', 'FPC 0 Exhaust-A', 'Routing Engine 0 CPU'];

const fine = (item: string, kind: string): XmlText =>
  xml`<environment-item><name>${item}</name><class>${kind}</class><status>OK</status></environment-item>`;

const degrees = (item: string, celsius: number): XmlText =>
  xml`<environment-item><name>${item}</name><class>Temp</class><status>OK</status><temperature xmlns:junos="${junos}" junos:celsius="${celsius}">${celsius} degrees C / ${Math.round(celsius * 1.8 + 32)} degrees F</temperature></environment-item>`;
