/** Small files in the formats of the public data sets, written for these tests. */
export const sample = {
  serial1: [
    '# source:topology|BGP|20250901|ripe|rrc00',
    '# inferred clique: 174 3356',
    '174|3356|0',
    '3356|8452|-1',
    '8452|24835|-1',
    '',
  ].join('\n'),
  serial2:
    '# source:topology|BGP|20250901|ripe|rrc00\n1299|8452|-1|bgp\n8452|24863|0|bgp\n8452|36992|0|mlp\n8452|15169|0|bgp,mlp\n',
  oldTabs: [
    '# FromNodeId\tToNodeId\tRelationship',
    '8452\t3356\t-1',
    '3356\t8452\t1',
    '24835\t8452\t-1',
    '8452\t24835\t1',
    '8452\t20484\t2',
    '',
  ].join('\r\n'),
  delegated: [
    '2|afrinic|20260505|6|00000000|20260505|00000',
    'afrinic|*|asn|*|3|summary',
    '# a comment',
    'afrinic|EG|asn|8452|1|19970710|allocated|F36B9F4B',
    'afrinic|ZA|asn|327680|3|20100101|assigned|F36A0001',
    'afrinic|EG|ipv4|41.32.0.0|1048576|20070101|allocated|F36B9F4B',
    'afrinic|EG|ipv6|2c0f:fc88::|32|20070101|allocated|F36B9F4B',
    'afrinic|ZZ|asn|327690|10||reserved|',
    'afrinic|EG|asn|x|1|20000101|assigned|A',
    '',
  ].join('\n'),
  namesJson: '{"8452": "TE-AS TE-AS, EG", "3356": "LEVEL3 - Level 3 Communications, Inc., US"}',
  organisations: [
    '# program start time',
    '# format:org_id|changed|org_name|country|source',
    'ORG-TDC1-AFRINIC|20120101|TE Data|EG|AFRINIC',
    '# format:aut|changed|aut_name|org_id|opaque_id|source',
    '8452|20120101|TE-AS|ORG-TDC1-AFRINIC||AFRINIC',
    '36992|20120101|ETISALAT-MISR|ORG-TDC1-AFRINIC||AFRINIC',
    '',
  ].join('\n'),
  organisationsJson: [
    '{"organizationId":"ORG-TDC1-AFRINIC","changed":"20120101","name":"TE Data","country":"EG","type":"Organization"}',
    '{"asn":"8452","organizationId":"ORG-TDC1-AFRINIC","name":"TE-AS","type":"ASN"}',
    'damaged line',
    '{"asn":"36992","organizationId":"ORG-TDC1-AFRINIC","name":"ETISALAT-MISR","type":"ASN"}',
    '',
  ].join('\n'),
  peeringDb: [
    '{"ix":{"data":[{"id":7,"name":"CAIX \\"new\\"","name_long":"Cairo IX {]","city":"Cairo","country":"EG","status":"ok"},' +
      '{"id":8,"name":"GONE","name_long":"","city":"","country":"EG","status":"deleted"}]},' +
      '"netixlan":{"data":[{"id":1,"ix_id":7,"ixlan_id":7,"speed":10000,"asn":8452,"ipaddr4":"192.0.2.1","ipaddr6":null,"is_rs_peer":true,"status":"ok"}]}}',
    '[{"id":7,"name":"CAIX \\"new\\"","name_long":"x","city":"Cairo","country":"eg"},' +
      '{"id":1,"ix_id":7,"ixlan_id":7,"speed":10000,"asn":"8452","ipaddr4":"192.0.2.1","is_rs_peer":true}]',
  ],
  vrps: JSON.stringify({
    metadata: { buildtime: '2026-01-01T00:00:00Z' },
    roas: [
      { asn: 'AS37069', prefix: '2c0f:fc88::/32', maxLength: 48, ta: 'afrinic' },
      { asn: 8452, prefix: '41.32.0.0/12', maxLength: 24, ta: 'afrinic' },
      { asn: 0, prefix: '192.0.2.0/24', maxLength: 24, ta: 'apnic' },
      { asn: 1, prefix: '41.32.0.0/12', maxLength: 8, ta: 'afrinic' },
    ],
  }),
  ranges:
    '1.0.0.0,1.0.0.255,13335,"Cloudflare, Inc."\n2c0f:fc88::,2c0f:fc88:ffff:ffff:ffff:ffff:ffff:ffff,37069,MOBINIL\nfoo,bar,1\n',
} as const;
