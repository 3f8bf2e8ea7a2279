import { type XmlElement, type XmlText, xml } from '#core';
import type { SimulatedDevice } from '../device.ts';
import { datastoresOf } from './datastores.ts';
import type { Edit, NetconfActions, NetconfModel } from './netconf-model.ts';
import { RpcRefusal } from './rpc-refusal.ts';
import { filterSubtree } from './subtree.ts';

/** A session as the operations see it. */
export interface NetconfPeer {
  readonly id: number;
  readonly user: string;
  /** Ends another session. @returns false when there is none of that number */
  kill(session: number): boolean;
}

const ok = xml`<ok/>`;

/** Carries one operation out (RFC 6241 section 7 and 8). @returns what stands in the reply. @throws RpcRefusal */
export function operate(
  device: SimulatedDevice,
  model: NetconfModel,
  operation: XmlElement,
  peer: NetconfPeer,
): XmlText {
  const stores = datastoresOf(device);
  switch (operation.name) {
    case 'get-config': {
      const data = model.read(device, textOf(device, placeOf(operation.child('source'))));
      return dataXml(filtered(data, operation));
    }
    case 'get':
      return dataXml(filtered([...model.read(device, device.running.text), ...model.state(device)], operation));
    case 'edit-config':
      return editConfig(device, model, operation, peer);
    case 'copy-config':
      return copyConfig(device, model, operation, peer);
    case 'delete-config':
      throw new RpcRefusal({ type: 'protocol', tag: 'operation-not-supported' });
    case 'lock':
      stores.lock(placeOf(operation.child('target')), peer.id);
      return ok;
    case 'unlock':
      stores.unlock(placeOf(operation.child('target')), peer.id);
      return ok;
    case 'validate':
      stores.validate(textOf(device, placeOf(operation.child('source'))));
      return ok;
    case 'commit':
      commit(device, operation, peer);
      return ok;
    case 'cancel-commit':
      stores.cancel(peer.id, operation.valueAt('persist-id'));
      return ok;
    case 'discard-changes':
      stores.mustBeFree('candidate', peer.id);
      device.candidate.clear();
      return ok;
    case 'kill-session': {
      const id = Number(operation.valueAt('session-id'));
      if (id === peer.id || !peer.kill(id)) {
        throw new RpcRefusal({ type: 'protocol', tag: 'invalid-value', message: `no other session ${id}` });
      }
      return ok;
    }
    default: {
      const answer = model.own?.(device, operation, actionsOf(device, peer));
      if (answer !== undefined) return answer;
      throw new RpcRefusal({
        type: 'protocol',
        tag: 'operation-not-supported',
        message: 'syntax error, unknown operation',
        info: xml`<bad-element>${operation.name}</bad-element>`,
      });
    }
  }
}

function actionsOf(device: SimulatedDevice, peer: NetconfPeer): NetconfActions {
  const stores = datastoresOf(device);
  return {
    commit({ isCheck, ...options }) {
      if (isCheck === true) stores.validate();
      else stores.commit({ user: peer.user, session: peer.id, isLoose: true, ...options });
    },
    lock: (target) => stores.lock(target, peer.id),
    unlock: (target) => stores.unlock(target, peer.id),
  };
}

const places = ['running', 'candidate', 'startup'];

function placeOf(holder: XmlElement | undefined): string {
  const name = holder?.children[0]?.name;
  if (name !== undefined && places.includes(name)) return name;
  throw new RpcRefusal({
    type: 'protocol',
    tag: name === undefined ? 'missing-element' : 'operation-not-supported',
    info: xml`<bad-element>${name ?? 'source'}</bad-element>`,
  });
}

function textOf(device: SimulatedDevice, place: string): string {
  if (place === 'candidate') return device.candidate.text;
  return place === 'startup' ? device.startup : device.running.text;
}

function filtered(data: readonly XmlElement[], operation: XmlElement): readonly XmlElement[] {
  const filter = operation.child('filter');
  if (filter === undefined) return data;
  if ((filter.attribute('type') ?? 'subtree') !== 'subtree') {
    throw new RpcRefusal({ type: 'protocol', tag: 'bad-attribute', info: xml`<bad-attribute>type</bad-attribute>` });
  }
  // An empty filter selects nothing (RFC 6241 section 6.4.2).
  return filterSubtree(data, filter.children);
}

const dataXml = (data: readonly XmlElement[]): XmlText => xml`<data>${data}</data>`;

function editConfig(device: SimulatedDevice, model: NetconfModel, operation: XmlElement, { id }: NetconfPeer): XmlText {
  const target = placeOf(operation.child('target'));
  if (target !== 'candidate') throw new RpcRefusal({ type: 'protocol', tag: 'operation-not-supported' });
  const config = operation.child('config');
  if (!config)
    throw new RpcRefusal({ type: 'protocol', tag: 'missing-element', info: xml`<bad-element>config</bad-element>` });
  datastoresOf(device).mustBeFree('candidate', id);
  const wanted = operation.valueAt('default-operation') ?? 'merge';
  const defaultOperation = (['merge', 'replace', 'none'] as const).find((one) => one === wanted);
  if (!defaultOperation) throw new RpcRefusal({ type: 'protocol', tag: 'invalid-value', path: 'default-operation' });
  const edit: Edit = { elements: config.children, defaultOperation };
  const text = model.edit(device, device.candidate.text, edit);
  const test = operation.valueAt('test-option');
  if (test === 'test-then-set' || test === 'test-only') datastoresOf(device).validate(text);
  if (test !== 'test-only' && text !== device.candidate.text) device.candidate.load(text);
  return ok;
}

function copyConfig(device: SimulatedDevice, model: NetconfModel, operation: XmlElement, peer: NetconfPeer): XmlText {
  const target = placeOf(operation.child('target'));
  const stores = datastoresOf(device);
  stores.mustBeFree(target, peer.id);
  const source = operation.child('source')?.children[0];
  const text =
    source?.name === 'config'
      ? model.edit(device, '', { elements: source.children, defaultOperation: 'merge' })
      : textOf(device, placeOf(operation.child('source')));
  if (target === 'candidate') device.candidate.load(text);
  else if (target === 'startup') device.startup = text;
  else throw new RpcRefusal({ type: 'protocol', tag: 'operation-not-supported' });
  return ok;
}

function commit(device: SimulatedDevice, operation: XmlElement, peer: NetconfPeer): void {
  const seconds = Number(operation.valueAt('confirm-timeout') ?? 600);
  if (!(Number.isInteger(seconds) && seconds >= 1 && seconds <= 4_294_967_295)) {
    throw new RpcRefusal({ type: 'protocol', tag: 'invalid-value', path: 'confirm-timeout' });
  }
  const persist = operation.valueAt('persist');
  const persistId = operation.valueAt('persist-id');
  datastoresOf(device).commit({
    user: peer.user,
    session: peer.id,
    ...(operation.child('confirmed') ? { seconds } : {}),
    ...(persist === undefined ? {} : { persist }),
    ...(persistId === undefined ? {} : { persistId }),
  });
}
