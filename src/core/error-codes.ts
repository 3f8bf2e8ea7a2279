/**
 * Every way in which Netwright says no. One row a code: the HTTP status and the exit code it becomes, whether
 * trying again can help, when it is raised and what the operator does next. `docs/errors.md` is generated from it.
 *
 * Exit codes 1 (some devices failed) and 2 (wrong usage or configuration) are fixed; the others follow sysexits.
 */
export interface ErrorCode {
  readonly http: number;
  readonly exit: number;
  readonly retryable: boolean;
  /** When it is raised, in one sentence. */
  readonly when: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
}

const row = (http: number, exit: number, retryable: boolean, when: string, remedy: string): ErrorCode => ({
  http,
  exit,
  retryable,
  when,
  remedy,
});

// biome-ignore format: a table reads best with one row a code
export const errorCodes = {
  // reaching a device
  NW_ADDRESS_NOT_FOUND: row(502, 68, true, 'The name of a device does not resolve to an address.', 'Check the `address` in the inventory and the resolver of this machine.'),
  NW_CONNECT_TIMEOUT: row(504, 75, true, 'No TCP connection within the connect deadline.', 'Check that the device is up and that no firewall drops the port.'),
  NW_CONNECT_REFUSED: row(502, 69, true, 'The device refused the TCP connection.', 'Check `port` and `transport` of the device, and that the service is enabled on it.'),
  NW_CONNECT_UNREACHABLE: row(502, 69, true, 'There is no route to the device.', 'Check the routing of this machine, or set a `jump` host.'),
  NW_CONNECTION_LOST: row(502, 69, true, 'The device closed or reset the connection in the middle of a conversation.', 'Read the transcript; many systems close idle or surplus sessions.'),
  NW_SSH_TIMEOUT: row(504, 75, true, 'TCP was accepted, but the SSH handshake did not finish in time.', 'Raise `connection.connectTimeoutMs`, or check the CPU of the device.'),
  NW_SSH_NO_COMMON_ALGORITHM: row(502, 76, false, 'Client and device share no key exchange, cipher, MAC or host key algorithm.', 'The message names both lists; set `connection.algorithms: legacy` for this device.'),
  NW_SSH_HOST_KEY_CHANGED: row(502, 77, false, 'The device shows another host key than the one remembered: a replacement, or somebody in between.', 'Verify the fingerprint on the console, then `netwright inventory trust <device>`.'),
  NW_SSH_HOST_KEY_UNKNOWN: row(502, 77, false, 'The host key is not known and `hostKeys: strict` is set.', 'Verify the fingerprint on the console, then `netwright inventory trust <device>`.'),
  NW_SSH_PROTOCOL: row(502, 76, true, 'The peer does not speak SSH as the RFCs have it.', 'Check that the port is an SSH port; the message shows what came.'),
  NW_CERTIFICATE_CHANGED: row(502, 77, false, 'The HTTPS server of a device shows another certificate than the one remembered or pinned: a new one, or somebody in between.', 'Compare the fingerprint on the console, then `netwright inventory trust <device> --certificate`.'),
  NW_CERTIFICATE_UNKNOWN: row(502, 77, false, 'The certificate of a device is not known and `api.certificates` is `strict`, or `ca` and no authority vouches for it.', 'Compare the fingerprint on the console, then `netwright inventory trust <device> --certificate`.'),
  NW_TLS_FAILED: row(502, 76, false, 'TCP was accepted, but no TLS connection came about.', 'Check `api.port`; the message has the words of the TLS library.'),
  NW_AUTH_FAILED: row(502, 77, false, 'The device refused the login.', 'Set the credential again with `netwright secret set`, then `netwright inventory check --connect`.'),
  NW_AUTH_TIMEOUT: row(504, 75, true, 'The login did not finish within the authentication deadline.', 'Check the AAA server of the device.'),
  NW_ENABLE_FAILED: row(502, 77, false, 'The device refused the privileged mode.', 'Set the enable secret: `netwright secret set <name> --enable-stdin` adds it to the credential and keeps the rest.'),
  NW_JUMP_FAILED: row(502, 69, true, 'A hop on the way to the device could not be passed.', 'The message names the hop; test it alone with `netwright shell <hop>`.'),
  // talking with it
  NW_PROMPT_NOT_FOUND: row(502, 76, true, 'No known prompt came within the deadline.', 'Read the transcript; perhaps the platform is another one.'),
  NW_COMMAND_REJECTED: row(409, 65, false, 'The device answered a command with one of the failure patterns of its platform.', 'Check the command, the mode and the rights of the user.'),
  NW_COMMAND_TIMEOUT: row(504, 75, true, 'A command did not end within its deadline.', 'Raise `connection.commandTimeoutMs` for slow devices.'),
  NW_OUT_OF_STEP: row(502, 76, true, 'It cannot be told which command an output belongs to.', 'Nothing was stored; the transcript shows the prompts and lines that nobody asked for.'),
  NW_OUTPUT_TOO_LARGE: row(502, 76, false, 'A command printed more than the limit, or never stops.', 'Raise `connection.maxOutputBytes` if so much is expected.'),
  NW_MODE_UNREACHABLE: row(409, 65, false, 'The platform knows no way from the current mode to the wanted one.', '`netwright platforms show <id>` lists the modes and the ways between them.'),
  NW_PLATFORM_UNKNOWN: row(422, 2, false, 'No platform has that id or alias.', '`netwright platforms list` names them all.'),
  NW_PLATFORM_INVALID: row(422, 2, false, 'A platform file of the workspace is not well formed.', 'The message names the file and the place.'),
  NW_PLATFORM_NOT_DETECTED: row(502, 76, false, 'Neither banner, prompt nor probes told which platform a device runs.', 'Set `platform` in the inventory.'),
  NW_NOT_SUPPORTED: row(501, 69, false, 'The platform or transport has no such ability.', '`netwright platforms show <id>` lists what it can do.'),
  NW_NETCONF_PROTOCOL: row(502, 76, true, 'The peer does not speak NETCONF as RFC 6241 and RFC 6242 have it: no hello, broken framing, a reply that nobody asked for.', 'Check that `netconf` is enabled on the device and that the port is its NETCONF port (830, or 22).'),
  NW_RPC_REFUSED: row(409, 65, false, 'The device answered a NETCONF or RESTCONF request with an error.', 'The message has its words and the place in the configuration; `netwright netconf <device> capabilities` lists what it can do.'),
  NW_CONFIG_LOCKED: row(409, 75, true, 'Somebody else holds the lock of a configuration of the device.', 'Wait for the other session, or end it on the device.'),
  NW_HTTP_PROTOCOL: row(502, 76, true, 'An answer is no HTTP, or its content is not what the interface of the device answers with.', 'Check `api.protocol` and `api.port` of the device, and that its API is enabled.'),
  NW_HTTP_STATUS: row(502, 76, false, 'A device answered an HTTP request with a status that is no success.', 'The message has the status; check that the API is enabled and that the user may use it.'),
  NW_XML_INVALID: row(502, 76, false, 'What should be XML is not well formed, or holds a document type declaration.', 'The message has line and column; a device that sends this has a defect, a filter of your own a typing error.'),
  NW_FILE_TRANSFER: row(502, 74, true, 'A file could not be sent to or fetched from a device.', 'Check space and rights on the device.'),
  NW_FACTS_INVALID: row(502, 65, false, 'What a device answered cannot be brought into the shape of a fact.', 'The message names the field; `netwright run` shows what the device says to the command.'),
  // what the user wrote
  NW_USAGE: row(400, 2, false, 'The command line makes no sense.', 'See `--help` of the command.'),
  NW_CONFIG_INVALID: row(422, 2, false, 'A setting in netwright.yaml, the environment or a flag is wrong.', '`netwright config explain` shows where each value comes from.'),
  NW_INVENTORY_INVALID: row(422, 2, false, 'The inventory has mistakes.', '`netwright inventory check` lists them all with file and line.'),
  NW_SELECT_INVALID: row(400, 2, false, 'A select expression cannot be read.', 'Examples: `r1`, `sw*`, `platform:cisco_ios and not tag:lab`.'),
  NW_SELECT_EMPTY: row(404, 2, false, 'A select expression matches no device.', '`netwright inventory list` shows all devices.'),
  NW_DEVICE_UNKNOWN: row(404, 2, false, 'No device has that name.', '`netwright inventory list` shows all devices.'),
  NW_IMPORT_INVALID: row(422, 2, false, 'A foreign inventory or repository cannot be read.', 'Correct what the message names, and import again.'),
  NW_CREDENTIAL_MISSING: row(422, 2, false, 'A device refers to a credential that is not in the secrets file.', '`netwright secret set <name> --user <user> --password-stdin`.'),
  NW_SECRETS_CORRUPT: row(500, 65, false, 'The secrets file or a sealed file is damaged.', 'Restore it from a copy; nothing was overwritten.'),
  NW_SECRETS_LOCKED: row(403, 77, false, 'No identity at hand opens the secrets.', 'Set NETWRIGHT_IDENTITY_FILE, NETWRIGHT_IDENTITY or NETWRIGHT_IDENTITY_COMMAND, or give the passphrase.'),
  NW_WORKSPACE_NOT_FOUND: row(404, 2, false, 'There is no netwright.yaml here or above.', '`netwright init` makes a workspace, `--workspace <folder>` names one.'),
  NW_WORKSPACE_EXISTS: row(409, 2, false, 'The folder is a workspace already.', 'Use it, or choose another folder.'),
  NW_WORKSPACE_NEWER: row(409, 78, false, 'The workspace was written by a newer Netwright.', 'Update Netwright; nothing was changed.'),
  NW_WORKSPACE_BUSY: row(409, 75, true, 'Another process works on this workspace.', 'Wait for it, or add `--wait`.'),
  // keeping
  NW_OUTPUT_INCOMPLETE: row(502, 65, true, 'A configuration came without its end mark or with unbalanced braces.', 'The last good version stands; `netwright quarantine show <device>` prints what came.'),
  NW_OUTPUT_SHRUNK: row(409, 65, false, 'A configuration is much smaller than the last good version.', '`netwright quarantine show <device>` prints it; `netwright backup --accept-shrunk -s <device>` takes it.'),
  NW_VERSION_NOT_FOUND: row(404, 2, false, 'There is no version of that device at that time.', '`netwright history <device>` lists the versions.'),
  NW_STORE_FULL: row(507, 74, true, 'The disk is full. Nothing that was stored before is harmed.', 'Free space, then run it again.'),
  NW_FILE_DENIED: row(500, 77, false, 'A file or a folder may not be read or written.', 'Run it as the user who has the right to it, or give yours that right.'),
  NW_STORE_FAILED: row(500, 74, true, 'Neither git nor the database took what was to be stored.', 'The message has their words; nothing that was stored before is harmed.'),
  NW_GIT_MISSING: row(500, 69, false, 'There is no git on this machine.', 'Install git 2.30 or newer.'),
  NW_PUSH_FAILED: row(502, 69, true, 'The remote did not take the push; the configurations are stored here.', 'Check the remote and its credentials.'),
  NW_RETIRE_MANY: row(409, 65, false, 'A large share of the stored devices is no longer in the inventory; none of them was retired.', 'Check the inventory; `netwright backup --retire` retires them, their history stays.'),
  NW_HOOK_FAILED: row(502, 70, true, 'A hook failed; the backup itself is stored.', 'The message names the hook and what came of it: a command can be run by hand, an address be asked with curl. Its next chance is the next backup.'),
  // changing
  NW_CHANGE_REFUSED: row(409, 65, false, 'A device said no to a change; everything is as it was before.', 'The message has the line and the words of the device: mend the lines, then plan again.'),
  NW_CHANGE_STALE: row(409, 65, false, 'The configuration of a device is no longer the one that the change was planned against.', 'Plan again: `netwright change plan …` with the same intent.'),
  NW_CHANGE_LOCKED: row(409, 75, true, 'Another change is not done with the device.', '`netwright change status` shows which; confirm it or roll it back.'),
  NW_CHANGE_NOT_FOUND: row(404, 2, false, 'No plan or change has that id.', '`netwright change list` shows them.'),
  NW_CHANGE_STATE: row(409, 2, false, 'A change is not in the state that this asks for.', '`netwright change status <id>` shows what every device is at.'),
  NW_CHANGE_UNKNOWN: row(502, 75, true, 'It is not known what a device did with a change, for it cannot be reached.', 'It stays locked; `netwright change status <id>` asks it again.'),
  NW_CHECK_FAILED: row(409, 65, false, 'A change was taken back, because what was to hold after it did not.', 'The message names the check and what was found.'),
  NW_NOT_CONFIRMED: row(409, 65, false, 'A change was taken back, because nobody confirmed it in time.', 'Apply it again, and confirm it: `netwright change confirm <id>`.'),
  NW_ROLLBACK_FAILED: row(500, 70, false, 'A change could not be taken back. The device is in neither state.', 'Type the commands of the message by hand, then `netwright change release <id> <device>`.'),
  NW_TEMPLATE_INVALID: row(422, 2, false, 'A template cannot be read, or asks for a variable that a device does not have.', 'The message names the file and the line; `netwright inventory show <device>` lists the variables.'),
  NW_POLICY_INVALID: row(422, 2, false, 'A policy file has mistakes.', 'The message names each with file and line; docs/schema/policy.json lets an editor find them.'),
  NW_AUDIT_BROKEN: row(500, 65, false, 'The record of changes was altered or cut short.', 'The message names the first record that does not fit; compare with a copy of the database.'),
  // configurations as trees
  NW_CONFIG_SYNTAX: row(422, 65, false, 'A device configuration, or lines to type into one, cannot be read: a block has no end, an end has no block.', 'The message names file and line; a configuration that was cut off is the usual cause.'),
  NW_CONFIG_UNREACHABLE: row(409, 65, false, 'No lines of that system lead from one configuration to the other.', 'Replace the configuration as a whole, or write the lines by hand; the message names the section.'),
  // reading code
  NW_CODE_NOT_FOUND: row(404, 2, false, 'There is no code to read: no such folder or package, or no Python, TypeScript or JavaScript file in it.', 'Check the path; a Python package is named as it is imported: `netmiko`, `jnpr.junos`.'),
  NW_CODE_NOTHING_LEFT: row(422, 2, false, 'The filters of a drawing leave no class or module over.', 'Widen `--only`, `--depth` or `--focus`, or leave out `--hide-private`.'),
  NW_CODE_ENTRY_UNKNOWN: row(404, 2, false, 'The code has no such factory, class or key.', 'The message names the nearest one; `netwright codemap explain <folder>` without an entry lists them.'),
  // reading device text
  NW_TEXTFSM_INVALID: row(422, 65, false, 'A TextFSM template or an index of templates has a mistake.', 'The message names the file and the line; `netwright parse templates list --check` compiles all of a collection.'),
  NW_TEXTFSM_MISMATCH: row(422, 65, false, 'A template refused a line of the text: one of its rules says Error.', '`netwright parse textfsm <template> <file> --trace` shows line by line which rule fired.'),
  NW_TEXTFSM_TOO_SLOW: row(422, 65, false, 'A rule of a template takes too many steps on a line of the text.', 'Make the rule plainer: no repetition of what is repeated already, and no two neighbours that take the same characters.'),
  NW_TEXTFSM_NOT_FOUND: row(404, 2, false, 'There is no such template, no template for that platform and command, or no folder of templates.', '`netwright parse templates list` shows what there is.'),
  // reading the internet
  NW_INTERNET_FILE: row(422, 66, false, 'A file of routes or of registry data cannot be opened or read.', 'Check the path and the rights; the message has the words of the system.'),
  NW_INTERNET_FORMAT: row(422, 65, false, 'A file is in none of the formats that are read, or in another one than was asked for.', 'The message says what its beginning looks like; `netwright internet dump --help` names the formats of routes.'),
  NW_INTERNET_INVALID: row(422, 65, false, 'A prefix, an address, an AS number or a row of internet data is not well formed.', 'The message has the text that cannot be read.'),
  NW_INTERNET_ASN_UNKNOWN: row(404, 2, false, 'The graph has no such AS, or no such link.', 'Check the number; `netwright internet build` says what a graph was made of.'),
  NW_INTERNET_COUNTRY_UNKNOWN: row(404, 2, false, 'There is no such country.', 'Two letters of ISO 3166, or the English name: `netwright internet country EG`.'),
  NW_INTERNET_SOURCE_MISSING: row(409, 2, false, 'A graph was built without the files that a question needs.', 'The message says what is missing: fetch it, and build the graph again.'),
  NW_INTERNET_FETCH: row(502, 69, true, 'Public data could not be downloaded.', 'The message has the address and what came; call it again, and it goes on where it stopped.'),
  NW_INTERNET_LISTEN: row(409, 71, true, 'Routers cannot be listened for at an address.', 'The message has the words of the system; give another address or port: `netwright internet live --bmp 127.0.0.1:11019`.'),
  NW_INTERNET_LIVE: row(502, 69, true, 'A live feed of routes cannot be followed.', 'The message has the address and what came; check the address and the filters.'),
  // running
  NW_JOB_TIMEOUT: row(504, 75, true, 'The whole job of a device took longer than allowed.', 'Raise `run.jobTimeoutMs`.'),
  NW_CANCELLED: row(499, 130, false, 'The run was cancelled before this device was done.', 'Run it again for the devices that are left.'),
  NW_SKIPPED: row(409, 1, false, 'The device was not tried, because earlier devices failed.', 'Mend those, then run again.'),
  NW_LAB_FAILED: row(500, 70, false, 'The lab could not start or run.', 'The message says why.'),
  NW_INTERNAL: row(500, 70, false, 'A defect of Netwright.', 'Please report it with the message and what you did.'),
} as const satisfies Record<`NW_${string}`, ErrorCode>;

export type NetwrightErrorCode = keyof typeof errorCodes;
