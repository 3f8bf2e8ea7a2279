/** The envelope that `| display xml` puts around an answer. */
const reply = (inner: string): string => `<rpc-reply xmlns:junos="http://xml.juniper.net/junos/20.4R3/junos">
${inner}
    <cli>
        <banner>{master:0}</banner>
    </cli>
</rpc-reply>
`;

const configuration = (inner: string): string =>
  reply(`<configuration junos:commit-seconds="1600000000" junos:commit-user="admin">${inner}</configuration>`);

const interfaces = `<interface-information xmlns="http://xml.juniper.net/junos/20.4R3/junos-interface" junos:style="normal">
  <physical-interface>
    <name>
xe-0/0/0
</name>
    <admin-status junos:format="Enabled">up</admin-status><oper-status>up</oper-status>
    <description>to the core &amp; back</description>
    <mtu>9192</mtu><speed>10Gbps</speed>
    <current-physical-address>02:00:5e:00:01:00</current-physical-address>
    <interface-flapped junos:seconds="3600">2020-09-13 11:00:00 UTC (01:00:00 ago)</interface-flapped>
    <traffic-statistics junos:style="verbose"><input-bytes>100</input-bytes><output-bytes>200</output-bytes></traffic-statistics>
    <input-error-list><input-errors>1</input-errors><input-discards>2</input-discards></input-error-list>
    <output-error-list><output-errors>3</output-errors><output-drops>4</output-drops></output-error-list>
    <ethernet-mac-statistics><input-unicasts>5</input-unicasts><output-unicasts>6</output-unicasts>
      <input-broadcasts>7</input-broadcasts><output-broadcasts>8</output-broadcasts>
      <input-multicasts>9</input-multicasts><output-multicasts>10</output-multicasts></ethernet-mac-statistics>
    <logical-interface>
      <name>xe-0/0/0.10</name>
      <description>customer</description>
      <if-config-flags><iff-down/></if-config-flags>
      <traffic-statistics><input-bytes>11</input-bytes><output-bytes>12</output-bytes></traffic-statistics>
      <address-family><address-family-name>inet</address-family-name>
        <interface-address><ifa-local junos:emit="emit">192.0.2.1/30</ifa-local></interface-address>
        <interface-address><ifa-local junos:emit="emit">198.51.100.1/24</ifa-local></interface-address>
      </address-family>
      <address-family><address-family-name>inet6</address-family-name>
        <interface-address><ifa-local>2001:db8::1/64</ifa-local></interface-address>
      </address-family>
      <address-family><address-family-name>iso</address-family-name>
        <interface-address><ifa-local>49.0001</ifa-local></interface-address>
      </address-family>
    </logical-interface>
  </physical-interface>
  <physical-interface>
    <name>ge-0/0/1</name><admin-status>down</admin-status><oper-status>down</oper-status>
    <mtu>Unlimited</mtu><speed>Auto</speed><interface-flapped junos:seconds="0">Never</interface-flapped>
    <ethernet-autonegotiation><link-partner-speed>100 Mbps</link-partner-speed></ethernet-autonegotiation>
  </physical-interface>
</interface-information>`;

const peer = `<bgp-information xmlns="http://xml.juniper.net/junos/20.4R3/junos-routing">
  <bgp-peer junos:style="detail">
    <peer-address>2001:DB8::2+179</peer-address><peer-as>4200000001</peer-as>
    <local-address>2001:db8::1+50000</local-address><local-as>64500</local-as>
    <description>a peer</description>
    <peer-state>Established</peer-state><peer-flags>Sync</peer-flags>
    <last-state>OpenConfirm</last-state><last-event>RecvKeepAlive</last-event>
    <bgp-option-information xmlns="http://xml.juniper.net/junos/20.4R3/junos-routing">
      <export-policy>OUT</export-policy><import-policy>IN</import-policy>
      <bgp-options>Preference Multihop Multipath</bgp-options><holdtime>90</holdtime>
    </bgp-option-information>
    <flap-count>2</flap-count><peer-id>198.51.100.2</peer-id><local-id>198.51.100.1</local-id>
    <active-holdtime>90</active-holdtime><keepalive-interval>30</keepalive-interval>
    <peer-4byte-as-capability-advertised>4200000001</peer-4byte-as-capability-advertised>
    <bgp-rib><name>inet6.0</name><send-state>in sync</send-state><active-prefix-count>1</active-prefix-count>
      <received-prefix-count>3</received-prefix-count><accepted-prefix-count>2</accepted-prefix-count>
      <suppressed-prefix-count>0</suppressed-prefix-count><advertised-prefix-count>4</advertised-prefix-count></bgp-rib>
    <input-messages>10</input-messages><output-messages>20</output-messages>
    <input-updates>1</input-updates><output-updates>2</output-updates>
    <bgp-output-queue><count>5</count></bgp-output-queue><bgp-output-queue><count>6</count></bgp-output-queue>
  </bgp-peer>
  <bgp-peer><peer-address>192.0.2.2</peer-address><peer-as>64501</peer-as><local-as>64500</local-as>
    <peer-state>Idle</peer-state><peer-flags/></bgp-peer>
</bgp-information>`;

const memberVersion = (name: string, host: string): string =>
  `<multi-routing-engine-item><re-name>${name}</re-name><software-information><host-name>${host}</host-name>
   <product-model>ex4300-48t</product-model><package-information><name>junos</name>
   <comment>JUNOS EX  Software Suite [14.1X53-D51]</comment></package-information></software-information></multi-routing-engine-item>`;

/** What a Junos 20.4 virtual chassis answers, of a network that nobody has. */
export const answers: Readonly<Record<string, string>> = {
  'show version': reply(
    `<multi-routing-engine-results>${memberVersion('fpc0', 'ex1')}${memberVersion('fpc1', 'ex1')}</multi-routing-engine-results>`,
  ),
  'show chassis hardware': reply(
    '<chassis-inventory xmlns="http://xml.juniper.net/junos/20.4R3/junos-chassis"><chassis junos:style="inventory"><name>Chassis</name><serial-number>PE0000000001</serial-number></chassis></chassis-inventory>',
  ),
  'show system uptime': reply(
    '<system-uptime-information><current-time/><uptime-information><up-time junos:seconds="86400">1 day</up-time></uptime-information></system-uptime-information>',
  ),
  'show configuration system domain-name': configuration('<system><domain-name>example.net</domain-name></system>'),
  'show interfaces terse': reply(interfaces),
  'show interfaces extensive': reply(interfaces),
  'show arp expiration-time no-resolve': reply(
    '<arp-table-information><arp-table-entry><mac-address>02:00:5e:00:00:01</mac-address><ip-address>192.0.2.2</ip-address><interface-name>xe-0/0/0.10</interface-name><time-to-expire> 1031</time-to-expire></arp-table-entry><arp-table-entry><mac-address>02:00:5e:00:00:02</mac-address><ip-address>192.0.2.3</ip-address><interface-name>irb.1 [ae0.0]</interface-name></arp-table-entry><arp-entry-count>2</arp-entry-count></arp-table-information>',
  ),
  'show ipv6 neighbors': reply(
    '<ipv6-nd-information><ipv6-nd-entry><ipv6-nd-neighbor-address>fe80::2</ipv6-nd-neighbor-address><ipv6-nd-neighbor-l2-address>02:00:5e:00:00:01</ipv6-nd-neighbor-l2-address><ipv6-nd-state>reachable</ipv6-nd-state><ipv6-nd-expire>12</ipv6-nd-expire><ipv6-nd-interface-name>xe-0/0/0.10</ipv6-nd-interface-name></ipv6-nd-entry></ipv6-nd-information>',
  ),
  'show lldp neighbors': reply(
    '<lldp-neighbors-information junos:style="brief"><lldp-neighbor-information><lldp-local-port-id>xe-0/0/0</lldp-local-port-id><lldp-local-parent-interface-name>ae0</lldp-local-parent-interface-name><lldp-remote-chassis-id>02:00:5e:00:00:ff</lldp-remote-chassis-id><lldp-remote-port-description>uplink</lldp-remote-port-description><lldp-remote-system-name>spine1</lldp-remote-system-name></lldp-neighbor-information></lldp-neighbors-information>',
  ),
  'show lldp neighbors interface xe-0/0/0': reply(
    '<lldp-neighbors-information junos:style="detail"><lldp-neighbor-information><lldp-local-interface>xe-0/0/0</lldp-local-interface><lldp-local-parent-interface-name>ae0</lldp-local-parent-interface-name><lldp-remote-chassis-id>02:00:5e:00:00:ff</lldp-remote-chassis-id><lldp-remote-port-id>527</lldp-remote-port-id><lldp-remote-port-description>uplink</lldp-remote-port-description><lldp-remote-system-name>spine1</lldp-remote-system-name><lldp-system-description><lldp-remote-system-description>a system</lldp-remote-system-description></lldp-system-description><lldp-remote-system-capabilities-supported>Bridge Router WLAN Access Point </lldp-remote-system-capabilities-supported><lldp-remote-system-capabilities-enabled>Bridge</lldp-remote-system-capabilities-enabled></lldp-neighbor-information></lldp-neighbors-information>',
  ),
  'show route instance': reply(
    '<instance-information junos:style="terse"><instance-core><instance-name>master</instance-name></instance-core><instance-core><instance-name>__juniper_private1__</instance-name></instance-core><instance-core><instance-name>RED</instance-name></instance-core></instance-information>',
  ),
  'show bgp neighbor instance master': reply(peer),
  'show bgp neighbor instance RED': reply('<bgp-information/>'),
  'show bgp summary instance master': reply(
    '<bgp-information><bgp-peer><peer-address>2001:db8::2</peer-address><elapsed-time junos:seconds="7200">2:00:00</elapsed-time></bgp-peer></bgp-information>',
  ),
  'show bgp summary instance RED': reply('<bgp-information><group-count>0</group-count></bgp-information>'),
  'show configuration protocols bgp': configuration(
    `<protocols><bgp><group><name>CLIENTS</name><type>internal</type><description>ours</description>
     <local-address>198.51.100.1</local-address><import>A</import><import>B</import><export>SELF</export>
     <cluster>198.51.100.1</cluster><multihop/><family><inet><unicast><prefix-limit><maximum>100</maximum>
     <teardown><limit-threshold>80</limit-threshold><idle-timeout><timeout>5</timeout></idle-timeout></teardown></prefix-limit></unicast></inet></family>
     <neighbor><name>198.51.100.7</name><authentication-key>$9$hidden</authentication-key><export>SELF</export></neighbor>
     <neighbor><name>198.51.100.8</name><peer-as>64501</peer-as><local-as><as-number>64999</as-number></local-as></neighbor>
     </group></bgp></protocols>`,
  ),
  'show configuration routing-options autonomous-system': configuration(
    '<routing-options><autonomous-system><as-number>64500</as-number></autonomous-system></routing-options>',
  ),
  'show configuration policy-options policy-statement': configuration(
    '<policy-options><policy-statement><name>SELF</name><term><name>1</name><then><next-hop><self/></next-hop></then></term></policy-statement></policy-options>',
  ),
  'show chassis environment': reply(
    `<environment-information>
     <environment-item><name>Power Supply 0</name><class>Power</class><status>OK</status></environment-item>
     <environment-item><name>Power Supply 1</name><status>Absent</status></environment-item>
     <environment-item><name>CPU</name><class>Temp</class><status>OK</status><temperature junos:celsius="86">86 degrees C</temperature></environment-item>
     <environment-item><name>Fan 1</name><class>Fans</class><status>Failed</status></environment-item></environment-information>`,
  ),
  'show chassis temperature-thresholds': reply(
    '<temperature-threshold-information><temperature-threshold><name>CPU</name><yellow-alarm>80</yellow-alarm><red-alarm>95</red-alarm></temperature-threshold></temperature-threshold-information>',
  ),
  'show chassis power detail': reply(
    '<power-usage-information><power-usage-item><name>PEM 0</name><state>Online</state><pem-capacity-detail><capacity-actual>1100</capacity-actual></pem-capacity-detail><dc-output-detail><dc-power>250.5</dc-power></dc-output-detail></power-usage-item></power-usage-information>',
  ),
  'show chassis routing-engine': reply(
    '<route-engine-information><route-engine><slot>0</slot><memory-dram-size>2048 MB</memory-dram-size><memory-buffer-utilization>50</memory-buffer-utilization><cpu-idle>88</cpu-idle></route-engine><route-engine><slot>1</slot><mastership-state>backup</mastership-state></route-engine></route-engine-information>',
  ),
  'show ethernet-switching table extensive': reply(
    '<l2ng-l2ald-rtb-macdb><l2ng-l2ald-mac-entry-vlan><l2ng-l2-mac-address>02:00:5e:00:aa:01</l2ng-l2-mac-address><l2ng-l2-vlan-id>10</l2ng-l2-vlan-id><l2ng-l2-mac-logical-interface>xe-0/0/0.0</l2ng-l2-mac-logical-interface></l2ng-l2ald-mac-entry-vlan></l2ng-l2ald-rtb-macdb>',
  ),
  'show vlans': reply(
    '<l2ng-l2ald-vlan-instance-information><l2ng-l2ald-vlan-instance-group><l2ng-l2rtb-vlan-name>servers</l2ng-l2rtb-vlan-name><l2ng-l2rtb-vlan-tag>10</l2ng-l2rtb-vlan-tag><l2ng-l2rtb-vlan-member><l2ng-l2rtb-vlan-member-interface>xe-0/0/0.0*</l2ng-l2rtb-vlan-member-interface></l2ng-l2rtb-vlan-member></l2ng-l2ald-vlan-instance-group><l2ng-l2ald-vlan-instance-group><l2ng-l2rtb-vlan-name>none</l2ng-l2rtb-vlan-name><l2ng-l2rtb-vlan-tag>NA</l2ng-l2rtb-vlan-tag></l2ng-l2ald-vlan-instance-group></l2ng-l2ald-vlan-instance-information>',
  ),
  'show configuration routing-instances instance': configuration(
    '<routing-instances><instance><name>RED</name><instance-type>vrf</instance-type><interface><name>xe-0/0/0.10</name></interface><route-distinguisher><rd-type>64500:1</rd-type></route-distinguisher></instance><instance><name>VR</name><instance-type>virtual-router</instance-type></instance></routing-instances>',
  ),
  'show configuration system ntp peer': configuration(''),
  'show configuration system ntp server': configuration(
    '<system><ntp><server><name>192.0.2.10</name></server><server><name>2001:DB8::10</name></server></ntp></system>',
  ),
  'show ntp associations no-resolve': `
     remote           refid      st t when poll reach   delay   offset  jitter
==============================================================================
*192.0.2.10      .GPS.            1 -   26   64  377    1.500   -0.040   0.105
`,
  'show interfaces diagnostics optics': reply(
    '<interface-information><physical-interface><name>et-0/0/48</name><optics-diagnostics><optics-diagnostics-lane-values><lane-index>0</lane-index><laser-bias-current>30.5</laser-bias-current><laser-output-power-dbm>-1.5</laser-output-power-dbm><laser-rx-optical-power-dbm>- Inf</laser-rx-optical-power-dbm></optics-diagnostics-lane-values><optics-diagnostics-lane-values><lane-index>1</lane-index><laser-rx-optical-power-dbm>-2.25</laser-rx-optical-power-dbm></optics-diagnostics-lane-values></optics-diagnostics></physical-interface><physical-interface><name>ge-0/0/1</name><optics-diagnostics><optic-diagnostics-not-available>N/A</optic-diagnostics-not-available></optics-diagnostics></physical-interface></interface-information>',
  ),
  'show configuration services rpm probe': configuration(
    '<services><rpm><probe><name>loops</name><test><name>far</name><probe-type>icmp-ping</probe-type><target><address>192.0.2.99</address></target><source-address>192.0.2.1</source-address><probe-count>5</probe-count><test-interval>60</test-interval></test></probe></rpm></services>',
  ),
  'show services rpm probe-results': reply(
    '<probe-results><probe-test-results><owner>loops</owner><test-name>far</test-name><target-address>192.0.2.99</target-address><probe-type>icmp-ping</probe-type><test-size junos:format="5 probes">5</test-size><probe-single-results><rtt>2500</rtt></probe-single-results><probe-last-test-results><probe-test-generic-results><loss-percentage>20.0</loss-percentage><probe-test-rtt><probe-summary-results><min-delay junos:format="1000 usec">1000</min-delay><max-delay>3000</max-delay><avg-delay>2000</avg-delay></probe-summary-results></probe-test-rtt></probe-test-generic-results></probe-last-test-results></probe-test-results></probe-results>',
  ),
  'show route 192.0.2.0/24 extensive': reply(
    `<route-information><route-table><table-name>inet.0</table-name>
     <rt junos:style="detail"><rt-destination>192.0.2.0</rt-destination><rt-prefix-length>24</rt-prefix-length>
       <rt-entry><active-tag>*</active-tag><current-active/><last-active/><protocol-name>BGP</protocol-name><preference>170</preference>
         <nh><to>192.0.2.2</to><via>xe-0/0/0.10</via><selected-next-hop/></nh><age junos:seconds="60">1:00</age>
         <as-path>AS path: 64501 64499 I </as-path><peer-id>192.0.2.2</peer-id><local-as>64500</local-as></rt-entry></rt>
     <rt><rt-destination>192.0.2.0</rt-destination><rt-prefix-length>25</rt-prefix-length>
       <rt-entry><protocol-name>Static</protocol-name><preference>5</preference><nh><to>192.0.2.6</to><via>ge-0/0/1.0</via></nh><age junos:seconds="5">5</age></rt-entry></rt>
     </route-table></route-information>`,
  ),
  'show configuration snmp': configuration(
    '<snmp><name>ex1</name><contact>noc</contact><community><name>open</name></community><community><name>closed</name><authorization>read-write</authorization><client-list-name>MANAGEMENT</client-list-name></community></snmp>',
  ),
  'show configuration system login user': configuration(
    '<system><login><user><name>admin</name><class>super-user</class><authentication><encrypted-password>$6$hidden</encrypted-password><ssh-ed25519><name>ssh-ed25519 AAAA admin</name></ssh-ed25519></authentication></user><user><name>guest</name><class>own-class</class></user></login></system>',
  ),
  'show configuration system root-authentication': configuration(
    '<system><root-authentication><encrypted-password>$6$rooted</encrypted-password></root-authentication></system>',
  ),
  'show configuration':
    'version 20.4R3.8;\nsystem {\n    root-authentication {\n        encrypted-password "$6$rooted"; ## SECRET-DATA\n    }\n}\n',
};
