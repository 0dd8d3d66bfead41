import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayValue } from '../../designer_static/src/domain/expressions/display.js';
import { formOf } from './expression_cases.js';

const SPELLINGS = [
  ['PersonLookup', 'person_lookup_ssn', 'person_lookup_name'],
  ['PersonLookup', 'ssn', 'fullName'],
  ['OrganizationLookup', 'organization_lookup_orgnr', 'organization_lookup_name'],
  ['OrganizationLookup', 'orgnr', 'name'],
  ['OrganisationLookup', 'organisation_lookup_orgnr', 'organisation_lookup_name'],
];

test('what was found is shown in every spelling of the bindings', () => {
  for (const [type, number, name] of SPELLINGS) {
    const found = { id: 'found', type, dataModelBindings: { [number]: 'a', [name]: 'b' } };
    const form = formOf({
      layouts: { page: { data: { layout: [found] } } },
      dataModel: { a: '123', b: 'Kari' },
    });
    assert.equal(displayValue(form.spot('found', [])), '123, Kari', `${type} ${number}`);
  }
});
