/** What is around a form and equal for all its components: data, texts, the instance, the person. */
import { ExpressionError } from './error.js';

/** @typedef {Record<string, any>} Json */
/**
 * The same for every component of a form. All JSON is as the server stores it.
 * @typedef {object} Surroundings
 * @property {Record<string, any>} models data type -> its data
 * @property {string} defaultType
 * @property {string} language
 * @property {Record<string, Json>} [texts] text key -> {value, variables}
 * @property {Record<string, Json[]>} [options] id of an option list -> its options
 * @property {Json} [settings]
 * @property {Json | null} [instance]
 * @property {Json} [facts] the facts about the instance that can be asked for, instead of it
 * @property {Json[]} [elements]
 * @property {Record<string, number>} [counts] how many of them there are of a type, instead of them
 * @property {string} [taskId]
 * @property {Record<string, boolean>} [actions]
 * @property {Json} [external]
 * @property {string | null} [gatewayAction]
 */

const COMMON_ACTIONS = ['instantiate', 'confirm', 'sign', 'reject', 'read', 'write', 'complete'];

/** @param {Surroundings} around @param {string} dataType */
export function modelOf({ models }, dataType) {
  if (!Object.hasOwn(models, dataType))
    throw new ExpressionError(`Data model with type ${dataType} not found`);
  return models[dataType];
}

/** @param {Surroundings} around @param {string} action */
export function mayDo({ actions = {}, taskId }, action) {
  if (!COMMON_ACTIONS.includes(action) && !Object.hasOwn(actions, action))
    throw new ExpressionError(`Unknown Auth context property ${action} for task ${taskId}`);
  return actions[action] ?? false;
}

/** @type {Record<string, (instance: Json) => any>} */
const FACTS = {
  instanceId: ({ id }) => id,
  appId: ({ appId }) => appId,
  instanceOwnerPartyId: ({ instanceOwner }) => instanceOwner?.partyId,
  instanceOwnerPartyType: ({ instanceOwner }) => partyType(instanceOwner ?? {}),
  instanceOwnerName: ({ instanceOwner }) => instanceOwner?.party?.name,
};

/** @param {Surroundings} around @param {string} key */
export function instanceFact({ instance, facts }, key) {
  if (!Object.hasOwn(FACTS, key)) throw new ExpressionError(`Unknown Instance context property ${key}`);
  if (facts) return facts[key] ?? null;
  return instance ? (FACTS[key]?.(instance) ?? null) : null;
}

/** @param {Json} owner */
function partyType(owner) {
  if (owner.organisationNumber) return 'org';
  if (owner.personNumber) return 'person';
  return owner.username || owner.externalIdentifier ? 'selfIdentified' : 'unknown';
}

/** @param {Surroundings} around @param {string} page @param {string | null} id @param {string | null} backTo */
export function pageLink({ instance, taskId }, page, id, backTo) {
  const query = Object.entries({ focusComponentId: id, backToPage: backTo }).flatMap(([key, value]) =>
    value ? [`${key}=${quote(value)}`] : [],
  );
  const start = instance ? `/instance/${instance.id}/${taskId}` : '';
  return `${start}/${quote(page)}${query.length ? '?' : ''}${query.join('&')}`;
}

/** @param {string} text */
function quote(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
