/** Templates in the manner of the field's collections, each with a text that it reads. */
export interface TemplateExample {
  readonly name: string;
  readonly template: string;
  readonly text: string;
}

/** In the templates below, <<NAME>> is the ${NAME} of TextFSM, which JavaScript would take for its own. */
const raw = (parts: TemplateStringsArray): string => parts.raw.join('').replace(/<<(\w+)>>/g, '$${$1}');

export const interfaces: TemplateExample = {
  name: 'interfaces',
  template: raw`Value Required INTERFACE (\S+)
Value LINK_STATUS (.+?)
Value PROTOCOL_STATUS (.+?)
Value HARDWARE ([\w ]+)
Value ADDRESS ([a-fA-F0-9]{4}(?:\.[a-fA-F0-9]{4}){2})
Value DESCRIPTION (.*)
Value List IP_ADDRESS ((?P<address>\d+(?:\.\d+){3})/(?P<length>\d+))
Value MTU (\d+)
Value BANDWIDTH (\d+\s+\w+)
Value DUPLEX ([Ff]ull|[Hh]alf|[Aa]uto)
Value SPEED (.*?)
Value INPUT_RATE (\d+)
Value OUTPUT_RATE (\d+)
Value INPUT_PACKETS (\d+)
Value INPUT_ERRORS (\d+)
Value CRC (\d+)
Value OUTPUT_PACKETS (\d+)
Value OUTPUT_ERRORS (\d+)

Start
  ^\S+\s+is\s+.+?,\s+line\s+protocol.*$$ -> Continue.Record
  ^<<INTERFACE>>\s+is\s+<<LINK_STATUS>>,\s+line\s+protocol\s+is\s+<<PROTOCOL_STATUS>>\s*$$
  ^\s+Hardware\s+is\s+<<HARDWARE>>,\s+address\s+is\s+<<ADDRESS>>
  ^\s+Description:\s+<<DESCRIPTION>>\s*$$
  ^\s+(?:Internet|Secondary)\s+address\s+(?:is\s+)?<<IP_ADDRESS>>\s*$$
  ^\s+MTU\s+<<MTU>>.*BW\s+<<BANDWIDTH>>.*$$
  ^\s+<<DUPLEX>>-duplex,\s+<<SPEED>>,.+
  ^.*input\s+rate\s+<<INPUT_RATE>>\s+\w+/sec.+$$
  ^.*output\s+rate\s+<<OUTPUT_RATE>>\s+\w+/sec.+$$
  ^\s+<<INPUT_PACKETS>>\s+packets\s+input,\s+\d+\s+bytes.*$$
  ^\s+<<INPUT_ERRORS>>\s+input\s+errors,\s+<<CRC>>\s+CRC,.*$$
  ^\s+<<OUTPUT_PACKETS>>\s+packets\s+output,\s+\d+\s+bytes.*$$
  ^\s+<<OUTPUT_ERRORS>>\s+output\s+errors,.*$$
`,
  text: `GigabitEthernet0/1 is up, line protocol is up (connected)
  Hardware is Gigabit Ethernet, address is 0011.2233.4455 (bia 0011.2233.4455)
  Description: uplink to core
  Internet address is 192.0.2.1/31
  Secondary address 198.51.100.1/24
  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
     reliability 255/255, txload 1/255, rxload 1/255
  Full-duplex, 1000Mb/s, media type is 10/100/1000BaseTX
  5 minute input rate 12000 bits/sec, 9 packets/sec
  5 minute output rate 8000 bits/sec, 7 packets/sec
     123456 packets input, 98765432 bytes, 0 no buffer
     2 input errors, 1 CRC, 0 frame, 0 overrun, 0 ignored
     654321 packets output, 12345678 bytes, 0 underruns
     3 output errors, 0 collisions, 1 interface resets
Vlan10 is administratively down, line protocol is down
  Hardware is EtherSVI, address is 0011.2233.44ff (bia 0011.2233.44ff)
`,
};

export const routes: TemplateExample = {
  name: 'routes',
  template: raw`Value Filldown VRF (\S+)
Value Filldown,Required PROTOCOL ([A-Z]\*?(?: [A-Z0-9]{2})?)
Value Required NETWORK (\d+\.\d+\.\d+\.\d+)
Value LENGTH (\d+)
Value DISTANCE (\d+)
Value METRIC (\d+)
Value List NEXT_HOP (connected|\d+\.\d+\.\d+\.\d+)
Value List INTERFACE (\S+)

# The table begins behind the codes.
Start
  ^VRF(?:\s+name)?:\s+<<VRF>>\s*$$
  ^Codes:
  ^\s+.+-.+
  ^\s*$$ -> Routes
  ^. -> Error "no routing table"

Routes
  ^\s*[A-Z]\S*(?:\s\S\S)?\s+\d -> Continue.Record
  ^\s*<<PROTOCOL>>\s+<<NETWORK>>/<<LENGTH>>\s+is\s+directly\s+<<NEXT_HOP>>,\s+<<INTERFACE>>$$
  ^\s*<<PROTOCOL>>\s+<<NETWORK>>/<<LENGTH>>\s+\[<<DISTANCE>>/<<METRIC>>\]\s+via\s+<<NEXT_HOP>>(?:,\s+<<INTERFACE>>)?$$
  ^\s+via\s+<<NEXT_HOP>>(?:,\s+<<INTERFACE>>)?
  ^VRF -> Continue.Clearall
  ^VRF(?:\s+name)?:\s+<<VRF>>\s*$$ -> Start
  ^\s*$$
  ^. -> Error
`,
  text: `Codes: C - connected, O - OSPF
       B - BGP

C        192.0.2.0/24 is directly connected, Vlan10
O IA     198.51.100.0/24 [110/20] via 192.0.2.2, Vlan10
          via 192.0.2.3, Vlan10
B        203.0.113.0/24 [200/0] via 198.51.100.9
`,
};

export const accessLists: TemplateExample = {
  name: 'access lists',
  template: raw`Value Filldown NAME (\S+)
Value Required SEQUENCE (\d+)
Value ACTION (permit|deny)
Value PROTOCOL (\w+)
Value SOURCE (host\s\S+|any|\d+(?:\.\d+){3}\s\d+(?:\.\d+){3})
Value PORT ((?:eq|gt|lt|range)\s\S+(?:\s\d+)?)
Value DESTINATION (host\s\S+|any|\d+(?:\.\d+){3}\s\d+(?:\.\d+){3})
Value MODIFIER ((\w+\s)?\w+)
Value MATCHES (\d+)

Start
  ^(?:Extended|Standard)?\s*IP\s+access\s+list\s+<<NAME>>\s*$$
  ^\s+<<SEQUENCE>>\s+<<ACTION>>\s+<<PROTOCOL>>\s+<<SOURCE>>(\s+<<PORT>>)*\s+<<DESTINATION>>(\s+<<MODIFIER>>)*(?:\s+\(<<MATCHES>> matches?\))?\s*$$ -> Record
  ^\s+<<SEQUENCE>>\s+<<ACTION>>\s+<<SOURCE>>(\s+<<MODIFIER>>)*\s*$$ -> Record
  ^\s*$$
  ^. -> Error
`,
  text: `Extended IP access list EDGE-IN
    10 permit tcp any host 192.0.2.80 eq www established
    20 permit tcp 198.51.100.0 0.0.0.255 range 1024 65535 any
    30 deny ip any any log (12 matches)
Standard IP access list 10
    10 permit 192.0.2.0 0.0.0.255
    20 deny any log
`,
};

export const neighbors: TemplateExample = {
  name: 'neighbors',
  template: raw`Value Fillup LOCAL_INTERFACE (\S+)
Value Required NEIGHBOR (.+?)
Value PORT (\S+)
Value PLATFORM (.+?)
Value List CAPABILITY (\w+)
Value List,Filldown SEEN (\S+)

Start
  ^-+\s*$$ -> Record Neighbor
  ^Load\s+for\s+

Neighbor
  ^Device ID:\s*<<NEIGHBOR>>\s*$$
  ^Device ID:\s*<<SEEN>>\s*$$
  ^Platform:\s+<<PLATFORM>>,\s+Capabilities:\s+<<CAPABILITY>> -> Continue
  ^Platform:.*?Capabilities:\s+\w+\s+<<CAPABILITY>> -> Continue
  ^Platform:.*?Capabilities:\s+\w+\s+\w+\s+<<CAPABILITY>>
  ^Port ID \(outgoing port\):\s+<<PORT>>$$
  ^Interface:\s+<<LOCAL_INTERFACE>>(?:,|$$)
  ^-{5,} -> Record
  ^-{2,4}$$ -> Record Start
  ^End -> End
`,
  text: `-----
Device ID: sw1.example.net
Platform: cisco WS-C3750, Capabilities: Switch IGMP Router
Port ID (outgoing port): Gi1/0/1
-----
Device ID: ap 17
Platform: AIR-AP, Capabilities: Trans
Interface: Gi0/2,
Port ID (outgoing port): Gi0
----------
`,
};

export const vlans: TemplateExample = {
  name: 'vlans',
  template: raw`Value Key,Required VLAN (\d{1,4})
Value NAME (.+?)
Value STATUS (active|suspended|act/(?:unsup|lshut))
Value List PORTS ([\w./-]+)

Start
  ^VLAN\s+Name\s+Status -> Table

Table
  ^-[- ]+$$
  ^\d+ -> Continue.Record
  ^<<VLAN>>\s+<<NAME>>\s+<<STATUS>>\s*$$
  ^<<VLAN>>\s+<<NAME>>\s+<<STATUS>>\s+<<PORTS>>,* -> Continue
  ^\d+\s+.+\s+\S+\s+(?:[^,]+,){1}\s*<<PORTS>>,* -> Continue
  ^\d+\s+.+\s+\S+\s+(?:[^,]+,){2}\s*<<PORTS>>,*
  ^\s{20,}<<PORTS>>(?:,|$$) -> Continue
  ^\s{20,}\S+,\s*<<PORTS>>
  ^VLAN\s+Type -> Record End
  ^\s*$$

EOF
`,
  text: `
VLAN Name                             Status    Ports
---- -------------------------------- --------- -------------------------------
1    default                          active    Gi0/1, Gi0/2, Gi0/3
                                                Gi0/4, Gi0/5
10   voice and video                  active
1002 fddi-default                     act/unsup

VLAN Type  SAID
`,
};

export const oddities: TemplateExample = {
  name: 'oddities',
  template: raw`# Groups that keep their last text, groups that take no part, options in an order that matters.
Value KEPT (\w)
Value List OPTIONAL (x)
Value List,Required FIRST_LIST (y)
Value Required,List LATER ([^|])
Value EMPTY (\d*)

Start
  ^(?:<<KEPT>>:?|-)+$$ -> Record
  ^<<<OPTIONAL>>?><<FIRST_LIST>>?\|<<LATER>>?$$ -> Continue.Record
  ^=<<EMPTY>>$$ -> Record
  ^(?i:END)$$ -> End
  ^(?P<other>z)(?P=other)(?(other)z|a) -> Clearall
`,
  text: `a:b:-
<x>y|q
<>y|
<>|q
=
=7
zzz
end
a
`,
};

export const habits: TemplateExample = {
  name: 'habits',
  template:
    raw`# What collections hold beside the plain: stray blanks, loops of what may be empty, rules that look like comments.
Value Filldown,List SHELF (\S+(?<!,))  
Value Required UNIT ((?!spare|none)\S+)
Value STATE (|up|down)
Value List FANS (\d+|)
Value LABEL ((\S*\s*)*)
Value serial ([A-Z]\d{3})
 ⇥
Start
  ^{master:\d+}
  ^}
  ^Shelves|Racks -> 2nd
  ^\s*$$ ^. -> Error
  # \s -> Record
  ^Shelf -> Error "no header above:"
⇥
2nd  
  ^Shelf\s+<<SHELF>>,?  
 ^Unit\s(?=<<UNIT>>)\S+\s<<STATE>>\s(\s*fan-<<FANS>>)*$$ ->  Continue
  ^Unit\s\S+\s+<<STATE>>(?<=down)\s -> Continue.Clear
  ^Unit\s<<UNIT>>
  ^Unit\s[spare|none]+
# ^Unit -> Error
  ^Serial\s[: |&]+(?<!\s\s)<<serial>>+\;?\s*$$
  ^Label\s<<LABEL>> -> Record 2nd
  ^-+$$ -> NoRecord Start
  ^=+$$ -> Clearall Start
  ^\s*$$
  ^. -> Error Unknown
`.replaceAll('⇥', '\t'),
  text: `{master:0}
# no comment of the template
All Racks
Racks of hall 2
Shelf a1,
Unit psu0 up fan-1 fan-2
Serial :A001B002;
Label in  use

Unit psu1 down fan-3
Label 
Unit spare up
Label of a spare
Unit psu2  fan-
Serial | C003
Label x
--
}
Shelves
Shelf b2
Unit psu3  
Label y
==
Racks:
Unit psu4 up 
Label z
`,
};

export const templates: readonly TemplateExample[] = [
  interfaces,
  routes,
  accessLists,
  neighbors,
  vlans,
  oddities,
  habits,
];
