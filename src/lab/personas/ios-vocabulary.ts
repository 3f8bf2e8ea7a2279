/** First words of lines that IOS and the systems in its image know, whether a configuration has such a line or not. */
export const iosVocabulary: readonly string[] =
  `aaa access-class access-group access-list address-family alias area arp authentication auto bandwidth banner bfd bgp boot
  carrier-delay cdp channel-group class class-map clock control-plane crypto default default-information default-metric delay
  deny description dialer distance distribute-list domain domain-name dot1x duplex enable encapsulation errdisable event
  exec-timeout exit-address-family export flowcontrol hold-queue import inspect ip ipv4 ipv6 isis keepalive key key-chain
  key-string lacp line link lldp load-interval log-adjacency-changes logging login mac mac-address mac-address-table match
  maximum-paths media-type metric monitor mpls mtu name negotiation neighbor network ntp object-group ospf passive-interface
  password permit police policy-map port-channel power priority privilege queue-limit radius radius-server random-detect rd
  redistribute redundancy remark route-map route-target router-id sampler sequence server service service-policy session-timeout
  set shutdown snmp snmp-server spanning-tree speed ssh stackwise standby state storm-control switch switchport synchronization
  tacacs tacacs-server tag timers track traffic-shape transport tunnel udld update-source username vlan vrf vrrp vtp`.split(
    /\s+/,
  );
