import type { ClassSwitch, Explanation, FieldRow, FieldUse, MemberRow, MroClass } from './explanation.ts';
import type { CodeClass, CodeModel, FieldAccess, MemberKind, RuntimeClass } from './model.ts';
import { modelOrders } from './mro.ts';

type Description = Omit<Explanation, 'entry' | 'key' | 'path' | 'table'>;

/** What a class is made of: its order, who defines and overrides what, where fields come from, what is dynamic. */
export function describeClass(model: CodeModel, target: CodeClass | RuntimeClass): Description {
  const { order, problem } = modelOrders(model)(target.id);
  const classes = new Map(model.classes.map((one) => [one.id, one]));
  const line = order.map((id) => classes.get(id)).filter((one) => one !== undefined);
  const inLine = new Set(order);
  const files = new Set(line.map((one) => one.at.file));
  return {
    target: target.id,
    name: target.name,
    at: target.at,
    mro: order.map((id) => mroClass(id, classes, model)),
    ...(problem === undefined ? {} : { mroProblem: problem }),
    members: memberRows(line),
    fields: fieldRows(line),
    switches: switchesOf(model, inLine),
    runtimeClasses: model.runtimeClasses.filter((one) => one.bases.includes(target.id)),
    dynamics: line.flatMap((one) => one.dynamics.map((dynamic) => ({ ...dynamic, class: one.id }))),
    warnings: model.warnings.filter((one) => files.has(one.at.file)),
  };
}

function mroClass(id: string, classes: ReadonlyMap<string, CodeClass>, model: CodeModel): MroClass {
  const known = classes.get(id);
  if (known !== undefined) {
    return { id, name: known.name, at: known.at, members: known.members.filter((one) => one.isInBody).length };
  }
  const made = model.runtimeClasses.find((one) => one.id === id);
  if (made !== undefined) return { id, name: made.name, at: made.madeAt, members: made.members.length };
  return { id, name: id.replace(/^outside:/, ''), members: 0 };
}

function memberRows(line: readonly CodeClass[]): MemberRow[] {
  const rows = new Map<
    string,
    { kind: MemberKind; definedBy: { class: string; name: string; at: CodeClass['at'] }[] }
  >();
  for (const one of line) {
    for (const member of one.members) {
      if (!member.isInBody) continue;
      const row = rows.get(member.name) ?? { kind: member.kind, definedBy: [] };
      row.definedBy.push({ class: one.id, name: one.name, at: member.at });
      rows.set(member.name, row);
    }
  }
  return [...rows].map(([name, row]) => ({ name, ...row })).sort((a, b) => compare(a.name, b.name));
}

function fieldRows(line: readonly CodeClass[]): FieldRow[] {
  const bodyNames = new Set(
    line.flatMap((one) => one.members.filter((each) => each.kind !== 'attribute').map((each) => each.name)),
  );
  const rows = new Map<string, { setBy: FieldUse[]; readBy: FieldUse[] }>();
  const rowOf = (name: string) => {
    const row = rows.get(name) ?? { setBy: [], readBy: [] };
    rows.set(name, row);
    return row;
  };
  for (const one of line) {
    for (const write of one.writes) rowOf(write.name).setBy.push(use(one, write));
    // A class attribute is where the object's field starts.
    for (const member of one.members) {
      if (member.kind === 'attribute' && member.isInBody) {
        rowOf(member.name).setBy.push({ class: one.id, className: one.name, method: '', at: member.at });
      }
    }
  }
  for (const one of line) {
    for (const read of one.reads) {
      // Calls of methods are no reads of fields; a field that nobody sets is worth seeing.
      if (!bodyNames.has(read.name) || rows.has(read.name)) rowOf(read.name).readBy.push(use(one, read));
    }
  }
  return [...rows].map(([name, row]) => ({ name, ...row })).sort((a, b) => compare(a.name, b.name));
}

function use(one: CodeClass, access: FieldAccess): FieldUse {
  const { method, at, value } = access;
  const base = { class: one.id, className: one.name, method, at };
  return value === undefined ? base : { ...base, value };
}

/** Switches away from a class of the order, and those of functions whose table leads to it. */
function switchesOf(model: CodeModel, inLine: ReadonlySet<string>): ClassSwitch[] {
  const nameOf = (id: string) => id.slice(id.indexOf('#') + 1);
  const found: ClassSwitch[] = model.edges
    .filter((edge) => edge.kind === 'switches' && (inLine.has(edge.from) || inLine.has(edge.to)))
    .map((edge) => ({
      from: edge.from,
      to: edge.to,
      at: edge.at,
      ...(edge.condition === undefined ? {} : { condition: edge.condition }),
      says: `${nameOf(edge.from)} becomes ${nameOf(edge.to)}${edge.condition === undefined ? '' : ` when ${edge.condition}`}`,
    }));
  for (const fn of model.functions) {
    for (const step of fn.steps) {
      const table = model.factories.find((one) => one.id === step.target);
      if (step.kind !== 'switches' || table === undefined) continue;
      if (!table.entries.some((entry) => inLine.has(entry.target))) continue;
      found.push({
        from: fn.id,
        to: table.id,
        at: step.at,
        ...(step.condition === undefined ? {} : { condition: step.condition }),
        says: `${fn.name} turns an object into any class of ${table.name}: ${step.text}`,
      });
    }
  }
  return found;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
