import type { CodeModel } from '#codemap';

/** Ids of the model as Python spells them: `netmiko.cisco.cisco_ios.CiscoIosSSH`, outside `builtins.object`. */
export function dottedNames(model: CodeModel): (id: string) => string {
  const modules = new Map(model.modules.map((one) => [one.id, one.name]));
  return (id) => {
    if (id.startsWith('outside:')) return id.slice('outside:'.length);
    const [path = '', name = ''] = id.split('#');
    return name === '' ? (modules.get(path) ?? path) : `${modules.get(path)}.${name}`;
  };
}
