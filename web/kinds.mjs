// The words of kinds/ that the desk says at first sight (labels, facts, values), built in so that nothing waits for them. Fields, states and moves
// come from /api/v1/kinds when a form needs them.

const both = (x, plural) => [x.zh, (plural && x.en_plural) || x.en];

const values = (fact) => (Array.isArray(fact.values) ? Object.fromEntries(fact.values.map((v) => [v.id, both(v)])) : {});

function terms(kind) {
  return {
    id: kind.id, label: both(kind), plural: both(kind, true),
    facts: Object.fromEntries(kind.facts.map((f) => [f.id, both(f)])),
    towards: Object.fromEntries(kind.towards.map((f) => [f.id, both(f)])),
  };
}

// A value says the same wherever its fact occurs, so they stand once, by fact and not by kind.
function valueTerms(kinds) {
  const all = {};
  for (const fact of kinds.flatMap((k) => k.facts)) {
    const lender = typeof fact.values === "string" ? kinds.flatMap((k) => k.facts).find((f) => f.id === fact.values && Array.isArray(f.values)) : fact;
    const said = values(lender);
    if (Object.keys(said).length) all[fact.id] = { ...all[fact.id], ...said };
  }
  return all;
}

export function kinds(files) {
  const all = [...files].sort((a, b) => a.order - b.order);
  const ids = (which) => JSON.stringify(all.filter(which).map((k) => k.id));
  return `// Made from kinds/ by build.mjs.

export type Label = readonly [zh: string, en: string];
export interface KindTerms { id: string; label: Label; plural: Label; facts: Record<string, Label>; towards: Record<string, Label> }
export const listed = ${ids((k) => k.listed)} as const;
export const wanted = ${ids((k) => k.wanted !== "never")} as const;
export const kinds: readonly KindTerms[] = ${JSON.stringify(all.map(terms))};
export const values: Record<string, Record<string, Label>> = ${JSON.stringify(valueTerms(all))};
`;
}
