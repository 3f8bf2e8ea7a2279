import Type, { type TProperties, type TSchema } from 'typebox';

/** A mapping with exactly these fields: one that NAPALM does not know is as wrong as one that is missing. */
export const exactly = <const P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description !== undefined && { description }) });

/** A mapping by name: of an interface, an address, an instance. */
export const by = <const V extends TSchema>(key: string, value: V) =>
  Type.Record(Type.String(), value, { description: `by ${key}` });

/** A whole number; -1 where the device does not say. */
export const count = (description?: string) => Type.Integer({ minimum: -1, ...(description && { description }) });

export const text = (description?: string) => Type.String({ ...(description && { description }) });
export const flag = (description?: string) => Type.Boolean({ ...(description && { description }) });
export const real = (description?: string) => Type.Number({ ...(description && { description }) });
