/**
 * What an expression can ask about: the place it stands in. Every method may throw an ExpressionError.
 * @typedef {object} Context
 * @property {string} language the two-letter language of the person
 * @property {any[] | null} positional what argv reads
 * @property {Record<string, any> | null} named what value reads
 * @property {string | null} defaultName the name that value reads when it is given none
 * @property {string | null} gatewayAction
 * @property {(path: string, dataType: string | null) => any} data the value at a path, from the row of this place
 * @property {(id: string) => any} component the answer of a component; null while it is hidden
 * @property {(id: string) => string | null} displayValue the same as a person reads it
 * @property {(key: string) => string} text the text resource, the key itself where there is none
 * @property {(key: string) => any} instance a fact about the instance
 * @property {(key: string) => any} setting
 * @property {(dataType: string) => number} countElements
 * @property {(action: string) => boolean} may
 * @property {(id: string) => Record<string, any>[] | null} options
 * @property {(id: string) => any} external
 * @property {(page: string, id: string | null, back: boolean) => string} pageLink
 * @property {(id: string) => [string, string]} pageOf the page and the id, with row indexes, of a component
 */

export {};
