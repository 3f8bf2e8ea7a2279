/** The envelope of a reply over NETCONF. */
const reply = (...models: readonly string[]): string =>
  `<rpc-reply message-id="1" xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><data>${models.join('')}</data></rpc-reply>`;
const ns = (name: string): string => `xmlns="http://cisco.com/ns/yang/Cisco-IOS-XR-${name}"`;

const peer = (address: string, more: string): string =>
  `<neighbor><neighbor-address>${address}</neighbor-address><local-as>64500</local-as><remote-as>64501</remote-as>${more}</neighbor>`;

const established = peer(
  '192.0.2.2',
  `<description>a peer</description><connection-state>bgp-st-estab</connection-state><previous-connection-state>4</previous-connection-state>
   <connection-established-time>600</connection-established-time><router-id>198.51.100.2</router-id>
   <connection-local-address><afi>ipv4</afi><ipv4-address>192.0.2.1</ipv4-address></connection-local-address><connection-local-port>179</connection-local-port>
   <connection-remote-address><afi>ipv4</afi><ipv4-address>192.0.2.2</ipv4-address></connection-remote-address><connection-remote-port>4000</connection-remote-port>
   <messages-received>30</messages-received><messages-sent>20</messages-sent><update-messages-in>3</update-messages-in>
   <hold-time>90</hold-time><keep-alive-time>30</keep-alive-time><configured-hold-time>180</configured-hold-time><configured-keepalive>60</configured-keepalive>
   <connection-down-count>2</connection-down-count>
   <af-data><af-name>ipv4</af-name><prefixes-accepted>5</prefixes-accepted><prefixes-denied>2</prefixes-denied><prefixes-advertised>4</prefixes-advertised><number-of-bestpaths>5</number-of-bestpaths><route-policy-in>IN</route-policy-in></af-data>
   <af-data><af-name>vpnv4</af-name><prefixes-accepted>1</prefixes-accepted><route-policy-out>OUT</route-policy-out></af-data>`,
);

/** What an IOS XR router answers over NETCONF, of a network that nobody has; by the command that asks the same. */
export const models: Readonly<Record<string, string>> = {
  'show version': reply(
    `<system-time ${ns('shellutil-oper')}><uptime><host-name>pe1</host-name><uptime>3600</uptime></uptime></system-time>`,
    `<interfaces ${ns('pfi-im-cmd-oper')}><interfaces><interface><interface-name>Loopback0</interface-name></interface><interface><interface-name>TenGigE0/0/0/0</interface-name></interface></interfaces></interfaces>`,
    `<inventory ${ns('invmgr-oper')}><racks><rack><attributes><inv-basic-bag><software-revision>7.3.2</software-revision><serial-number>FOX0</serial-number><model-name>8201</model-name></inv-basic-bag></attributes></rack></racks></inventory>`,
  ),
  'show interfaces': reply(
    `<interfaces ${ns('pfi-im-cmd-oper')}><interfaces><interface><interface-name>TenGigE0/0/0/0</interface-name><description>core &lt;1&gt;</description></interface></interfaces>
     <interface-xr><interface><interface-name>Loopback0</interface-name><state>im-state-up</state><line-state>im-state-up</line-state><mtu>1500</mtu><bandwidth>0</bandwidth></interface>
     <interface><interface-name>TenGigE0/0/0/0</interface-name><state>im-state-admin-down</state><line-state>im-state-admin-down</line-state><mtu>9214</mtu>
       <mac-address><address>02:00:5e:00:00:01</address></mac-address><bandwidth>10000000</bandwidth>
       <interface-statistics><stats-type>full</stats-type><full-interface-stats><packets-received>1</packets-received><bytes-received>2</bytes-received><packets-sent>3</packets-sent><bytes-sent>4</bytes-sent>
       <multicast-packets-received>5</multicast-packets-received><broadcast-packets-received>6</broadcast-packets-received><multicast-packets-sent>7</multicast-packets-sent><broadcast-packets-sent>8</broadcast-packets-sent>
       <output-drops>9</output-drops><input-drops>10</input-drops><input-errors>11</input-errors><output-errors>12</output-errors></full-interface-stats></interface-statistics></interface>
     </interface-xr></interfaces>`,
  ),
  'show ipv4 vrf all interface': reply(
    `<ipv4-network ${ns('ipv4-io-oper')}><nodes><node><interface-data><vrfs><vrf><details>
      <detail><interface-name>TenGigE0/0/0/0</interface-name><primary-address>192.0.2.1</primary-address><prefix-length>30</prefix-length><secondary-address><address>198.51.100.1</address><prefix-length>24</prefix-length></secondary-address></detail>
      <detail><interface-name>TenGigE0/0/0/1</interface-name><primary-address>0.0.0.0</primary-address><prefix-length>0</prefix-length></detail>
     </details></vrf></vrfs></interface-data></node></nodes></ipv4-network>`,
    `<ipv6-network ${ns('ipv6-ma-oper')}><nodes><node><interface-data><vrfs><vrf><global-details><global-detail><interface-name>TenGigE0/0/0/0</interface-name><address><address>2001:db8::1</address><prefix-length>64</prefix-length></address></global-detail></global-details></vrf></vrfs></interface-data></node></nodes></ipv6-network>`,
  ),
  'show arp': reply(
    `<arp ${ns('ipv4-arp-oper')}><nodes><node><entries><entry><address>192.0.2.2</address><interface-name>TenGigE0/0/0/0</interface-name><age>12</age><hardware-address>02:00:5e:00:00:02</hardware-address></entry></entries></node></nodes></arp>`,
  ),
  'show lldp neighbors detail': reply(
    `<lldp ${ns('ethernet-lldp-oper')}><nodes><node><neighbors><details><detail><lldp-neighbor><receiving-interface-name>TenGigE0/0/0/0</receiving-interface-name><chassis-id>0200.5e00.00ff</chassis-id><port-id-detail>Ethernet1</port-id-detail>
      <detail><system-name>leaf1</system-name><system-description>a switch</system-description><port-description>to pe1</port-description><system-capabilities>B,R</system-capabilities><enabled-capabilities>R</enabled-capabilities></detail></lldp-neighbor></detail></details></neighbors></node></nodes></lldp>`,
  ),
  'show l2vpn forwarding bridge-domain mac-address': reply(
    `<l2vpn-forwarding ${ns('l2vpn-oper')}><nodes><node><l2fibmac-details>
      <l2fibmac-detail><address>02:00:5e:00:aa:01</address><name>vlan100</name><segment><ac><interface-handle>TenGigE0/0/0/0.100</interface-handle></ac></segment></l2fibmac-detail>
      <l2fibmac-detail><address>02:00:5e:00:aa:02</address><name>customers</name></l2fibmac-detail></l2fibmac-details></node></nodes></l2vpn-forwarding>`,
  ),
  'show bgp neighbors': reply(
    `<bgp ${ns('ipv4-bgp-oper')}><instances><instance><instance-name>default</instance-name><instance-active>
      <default-vrf><global-process-info><vrf><router-id>198.51.100.1</router-id><keep-alive-time>60</keep-alive-time><hold-time>180</hold-time></vrf></global-process-info><neighbors>${established}</neighbors></default-vrf>
      <vrfs><vrf><vrf-name>RED</vrf-name><global-process-info><vrf><router-id>198.51.100.9</router-id><hold-time>180</hold-time></vrf></global-process-info>
      <neighbors>${peer('2001:db8::2', '<connection-state>bgp-st-idle</connection-state><is-administratively-shut-down>true</is-administratively-shut-down><router-id>0.0.0.0</router-id>')}</neighbors></vrf></vrfs>
     </instance-active></instance></instances></bgp>`,
  ),
  'show running-config router bgp': reply(
    `<bgp ${ns('ipv4-bgp-cfg')}><instance><instance-name>default</instance-name><instance-as><as>1</as><four-byte-as><as>10</as><default-vrf><bgp-entity>
      <neighbor-groups><neighbor-group><neighbor-group-name>UP</neighbor-group-name><remote-as><as-xx>0</as-xx><as-yy>64501</as-yy></remote-as><ebgp-multihop><max-hop-count>3</max-hop-count></ebgp-multihop>
       <neighbor-group-afs><neighbor-group-af><af-name>ipv4-unicast</af-name><route-policy-in>IN</route-policy-in></neighbor-group-af></neighbor-group-afs></neighbor-group></neighbor-groups>
      <neighbors><neighbor><neighbor-address>192.0.2.2</neighbor-address><neighbor-group-add-member>UP</neighbor-group-add-member><description>a peer</description><password><password>hidden</password></password>
       <neighbor-afs><neighbor-af><af-name>ipv4-unicast</af-name><maximum-prefixes><prefix-limit>100</prefix-limit><warning-percentage>75</warning-percentage><restart-time>5</restart-time></maximum-prefixes></neighbor-af></neighbor-afs></neighbor>
       <neighbor><neighbor-address>192.0.2.6</neighbor-address><remote-as><as-xx>1</as-xx><as-yy>11</as-yy></remote-as></neighbor></neighbors>
     </bgp-entity></default-vrf></four-byte-as></instance-as></instance></bgp>`,
  ),
  'show processes cpu': reply(
    `<system-monitoring ${ns('wdsysmon-fd-oper')}><cpu-utilization><node-name>0/RP0/CPU0</node-name><total-cpu-five-minute>4</total-cpu-five-minute></cpu-utilization></system-monitoring>`,
  ),
  'show memory summary': reply(
    `<memory-summary ${ns('nto-misc-oper')}><nodes><node><node-name>0/0/CPU0</node-name><summary><system-ram-memory>1</system-ram-memory></summary></node>
      <node><node-name>0/RP0/CPU0</node-name><summary><system-ram-memory>1000</system-ram-memory><free-physical-memory>400</free-physical-memory></summary></node></nodes></memory-summary>`,
  ),
  'show environment (sysadmin-envmon-ui)': reply(
    `<environment xmlns="http://www.cisco.com/ns/yang/Cisco-IOS-XR-sysadmin-envmon-ui"><oper>
      <temperatures><location><location>0/RP0</location><sensor_attributes><sensor_id>Hotspot</sensor_id><value>90</value></sensor_attributes>
       <sensor_attributes><sensor_id>Inlet</sensor_id><value>51</value><critical_lo>-10</critical_lo><major_lo>-5</major_lo><major_hi>50</major_hi><critical_hi>55</critical_hi></sensor_attributes></location></temperatures>
      <fan><location><location>0/FT0</location><fan_attributes><fans_speed>5000  5100</fans_speed></fan_attributes></location><location><location>0/FT1</location><fan_attributes><fans_speed>0  0</fans_speed></fan_attributes></location></fan>
      <power><location><location>0</location><pem_attributes><usable_power_capacity>6000</usable_power_capacity></pem_attributes></location>
       <location><location>0/PM0</location><pem_attributes><pem>0/PM0</pem><output_voltage>12.5</output_voltage><output_current>1.0e+1</output_current><status>OK</status></pem_attributes></location></power>
     </oper></environment>`,
  ),
  'show running-config ntp': reply(
    `<ntp ${ns('ip-ntp-cfg')}><peer-vrfs><peer-vrf><vrf-name>default</vrf-name><peer-ipv4s><peer-ipv4><address-ipv4>192.0.2.10</address-ipv4><peer-type-ipv4><peer-type>server</peer-type></peer-type-ipv4></peer-ipv4></peer-ipv4s>
      <peer-ipv6s><peer-ipv6><address-ipv6>2001:db8::10</address-ipv6><peer-type-ipv6><peer-type>peer</peer-type></peer-type-ipv6></peer-ipv6></peer-ipv6s></peer-vrf></peer-vrfs></ntp>`,
  ),
  'show ntp associations': reply(
    `<ntp ${ns('ip-ntp-oper')}><nodes><node><associations><peer-summary-info><peer-info-common><address>192.0.2.10</address><reference-id>.GPS.</reference-id><host-poll>6</host-poll><reachability>255</reachability><stratum>1</stratum><delay>1.50</delay><offset>-0.25</offset><dispersion>2.5</dispersion><is-sys-peer>true</is-sys-peer></peer-info-common></peer-summary-info>
      <peer-summary-info><peer-info-common><address>DLRSC node</address></peer-info-common></peer-summary-info></associations></node></nodes></ntp>`,
  ),
  'show running-config ipsla': reply(
    `<ipsla ${ns('man-ipsla-cfg')}><operation><definitions><definition><operation-id>10</operation-id><operation-type><icmp-echo><tag>far</tag><history><buckets>15</buckets></history><source-address>192.0.2.1</source-address><dest-address>192.0.2.99</dest-address><frequency>30</frequency></icmp-echo></operation-type></definition></definitions></operation></ipsla>`,
  ),
  'show ipsla statistics': reply(
    `<ipsla ${ns('man-ipsla-oper')}><operation-data><operations><operation><operation-id>10</operation-id><statistics><latest><target><common-stats><min-response-time>1</min-response-time><max-response-time>5</max-response-time><sum-response-time>6</sum-response-time><update-count>2</update-count></common-stats><specific-stats><op-type>icmp-echo</op-type></specific-stats></target></latest></statistics>
      <history><target><lifes><life><buckets><bucket><response-time>2</response-time><return-code>ipsla-ret-code-ok</return-code></bucket><bucket><response-time>4</response-time><return-code>ipsla-ret-code-timeout</return-code></bucket></buckets></life></lifes></target></history></operation></operations></operation-data></ipsla>`,
  ),
  'show route 192.0.2.0/24': reply(
    `<rib ${ns('ip-rib-ipv4-oper')}><vrfs><vrf><afs><af><safs><saf><ip-rib-route-table-names><ip-rib-route-table-name><routes><route><prefix>192.0.2.0</prefix><prefix-length-xr>24</prefix-length-xr><protocol-name>OSPF</protocol-name><priority>4</priority><route-age>60</route-age>
      <route-path><ipv4-rib-edm-path><address>192.0.2.2</address><interface-name>TenGigE0/0/0/0</interface-name></ipv4-rib-edm-path><ipv4-rib-edm-path><address>192.0.2.6</address></ipv4-rib-edm-path></route-path></route></routes></ip-rib-route-table-name></ip-rib-route-table-names></saf></safs></af></afs></vrf></vrfs></rib>`,
  ),
  'show running-config snmp-server': reply(
    `<snmp ${ns('snmp-agent-cfg')}><administration><default-communities><default-community><community-name>open</community-name><priviledge>read-only</priviledge><v4-access-list>FOUR</v4-access-list></default-community></default-communities></administration><system><contact>noc</contact></system></snmp>`,
  ),
  'show running-config username': reply(
    `<aaa ${ns('aaa-lib-cfg')}><usernames ${ns('aaa-locald-cfg')}><username><name>admin</name><usergroup-under-usernames><usergroup-under-username><name>root-lr</name></usergroup-under-username></usergroup-under-usernames><secret>hidden</secret></username></usernames></aaa>`,
  ),
  'show running-config': reply(
    `<cli ${ns('cli-cfg')}>\nhostname pe1\nusername admin\n secret 10 $6$hidden$hidden\n!\n</cli>`,
  ),
  'show candidate-config': reply(),
};
