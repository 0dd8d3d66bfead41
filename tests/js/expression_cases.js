/** The shared expression vectors, read in place: STUDIO_VECTORS names their folder, as `--vectors` does for pytest. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { displayValue } from '../../designer_static/src/domain/expressions/display.js';
import { Form } from '../../designer_static/src/domain/expressions/form.js';
import { formTree } from '../../designer_static/src/domain/expressions/tree.js';

export const VECTORS =
  process.env.STUDIO_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));

/** Why the tests of a folder are passed over; false where they are not. */
export function missing(folder) {
  const place = join(VECTORS, folder);
  return existsSync(place) ? false : `the shared vectors are missing: there is no folder ${place}`;
}

/** Every JSON file below a folder, with what is in it. */
export function* filesBelow(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (name.endsWith('.json')) yield [path.slice(VECTORS.length + 1), read(path)];
  }
}

/** Some files have comments and commas that are too many. */
function read(path) {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1'));
}

/** The form of a file: its layouts, data and surroundings. */
export function formOf(file) {
  const layouts = file.layouts ?? {
    default: { data: { layout: [{ id: 'current-component', type: 'Paragraph' }] } },
  };
  const pages = Object.entries(layouts).map(([name, { data }]) => ({
    name,
    components: data.layout,
    hidden: data.hidden,
  }));
  const given = file.dataModels ?? [{ dataElement: { dataType: 'default' }, data: file.dataModel ?? {} }];
  const models = Object.fromEntries(given.map(({ dataElement, data }) => [dataElement.dataType, data]));
  const { actions = {}, read, write } = file.permissions ?? {};
  const common = Object.entries({ read, write }).filter(([, may]) => may !== undefined);
  const around = {
    models,
    defaultType: Object.keys(models)[0],
    language: file.profileSettings?.language ?? 'nb',
    texts: Object.fromEntries((file.textResources ?? []).map((each) => [each.id, each])),
    options: file.codeLists ?? {},
    settings: file.frontendSettings ?? {},
    instance: file.stateless ? null : file.instance,
    elements: [...given.map(({ dataElement }) => dataElement), ...(file.instanceDataElements ?? [])],
    taskId: file.process?.currentTask?.elementId ?? 'Task_1',
    actions: { ...Object.fromEntries(common), ...actions },
    external: file.externalApis?.data ?? {},
    gatewayAction: file.gatewayAction ?? null,
  };
  return new Form(formTree(pages), around, displayValue);
}

/** The place where the expression of a file stands. */
export function spotOf(file, form) {
  const { component, rowIndices, currentLayout } = file.context ?? {};
  const spot = component
    ? form.spot(component, rowIndices ?? [])
    : form.page(currentLayout ?? form.tree.pages[0].name);
  spot.positional = file.positionalArguments ?? null;
  spot.named = file.valueArguments?.data ?? null;
  spot.defaultName = file.valueArguments?.defaultKey ?? null;
  return spot;
}
