// biome-ignore-all lint/suspicious/noTemplateCurlyInString: values of TextFSM are written so

/** Files of a small collection, with its mistakes: what is not there, what does not compile, what lies outside. */
export const collection: Readonly<Record<string, string>> = {
  index: `# A header, then rows.
Template, Hostname, Platform, Command

ports.textfsm:ports_mtu.textfsm, .*, cisco_ios, sh[[ow]] po[[rts]]
ports_mtu.textfsm, .*, cisco_ios, sh[[ow]] mtu
clock.textfsm, .*, cisco_ios, sh[[ow]] clo[[ck]]
broken.textfsm, .*, cisco_ios, sh[[ow]] broken
missing.textfsm, .*, cisco_ios, sh[[ow]] missing
../outside.textfsm, .*, cisco_ios, sh[[ow]] outside
`,
  'ports.textfsm': 'Value Key PORT (\\S+)\nValue STATE (up|down)\n\nStart\n  ^${PORT} is ${STATE} -> Record\n',
  'ports_mtu.textfsm':
    'Value Key PORT (\\S+)\nValue MTU (\\d+)\nValue List ADDRESS (\\d\\S+)\n\nStart\n  ^${PORT} mtu ${MTU}(?: in ${ADDRESS})? -> Record\n',
  'clock.textfsm': `Value TIME (\\d+:\\d+:\\d+)
Value TIMEZONE ([A-Z]+)
Value YEAR (\\d{4})

Start
  ^[*.]?\${TIME}(?:\\.\\d+)?\\s+\${TIMEZONE}\\s+\\w+\\s+\\w+\\s+\\d+\\s+\${YEAR}\\s*$$ -> Record
  ^\\s*$$
  ^. -> Error "not a clock"
`,
  'broken.textfsm': 'Value A (a)\n\nStart\n  ^${A -> Record\n',
};
