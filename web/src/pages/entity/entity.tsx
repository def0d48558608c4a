// One entity: its names and its facts by kind, each with the sentence that says so.
import type { JSX } from "preact";
import { api } from "../../api/client";
import type { EntityPage as Page, Fact } from "../../api/types";
import { useLanguage, useLoaded, useTitle, useWords } from "../../desk";
import { Empty, ErrorNote, Kind, Source, Sureness } from "../../parts/parts";
import { WaysView } from "../../parts/ways/ways";
import { predicateTerm, valueTerm } from "../../text/terms";
import type { Language } from "../../text/words";
import { WhoView } from "./who";

function Named({ reference }: { reference: { id: string; name: string } }): JSX.Element {
  return <a href={`/entities/${reference.id}`}>{reference.name}</a>;
}

// What several sentences say alike is one row: the surest is quoted, the others are named.
function FactRow({ facts, self }: { facts: Fact[]; self: string }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const [fact, ...others] = [...facts].sort((a, b) => b.confidence - a.confidence) as [Fact, ...Fact[]];
  const isSubject = fact.subject.id === self;
  return (
    <li>
      <p class="fact">
        {!isSubject && <><Named reference={fact.subject} /> </>}
        {valueTerm(language, fact.predicate, fact.value)} {isSubject && fact.object && <Named reference={fact.object} />}
        {fact.date && <time dateTime={fact.date}> {fact.date}</time>} <Sureness value={fact.confidence} />
      </p>
      {fact.sentence.text && <blockquote>{fact.sentence.text}</blockquote>}
      <Source document={fact.document} span={fact.sentence.span} />
      {others.length > 0 && <p class="also">{w("also_said")} {others.length} {others.map((f) => <Source key={f.id} document={f.document} span={f.sentence.span} />)}</p>}
    </li>
  );
}

const alike = (facts: Fact[]): Fact[][] => {
  const rows = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = [fact.predicate, fact.subject.id, fact.object?.id, fact.value].join("\n");
    rows.set(key, [...(rows.get(key) ?? []), fact]);
  }
  return [...rows.values()];
};

// In the order in which the predicates first occur; what is said of this entity and what is said of others towards it are two things.
function byPredicate({ entity, facts }: Page, language: Language): Array<[string, Fact[]]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const term = predicateTerm(language, entity.kind, fact.predicate, fact.subject.id === entity.id);
    groups.set(term, [...(groups.get(term) ?? []), fact]);
  }
  return [...groups];
}

function NamesView({ page }: { page: Page }): JSX.Element | null {
  const w = useWords();
  const forms = [...new Set(page.names.map((n) => n.value))].filter((form) => form && form !== page.entity.name);
  if (!forms.length) return null;
  return <p class="names"><span class="minor">{w("names")}</span> {forms.join(w("list_comma"))}</p>;
}

export function EntityPage({ id }: { id: string }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const page = useLoaded(() => api.entity(id), [id]);
  useTitle(page.value?.entity.name);
  if (page.error !== undefined) return <ErrorNote error={page.error} again={page.again} />;
  if (!page.value) return <p class="state">{w("searching")}</p>;
  const { entity, facts } = page.value;
  return (
    <div class="entity">
      <header>
        <p class="minor"><Kind kind={entity.kind} /> {entity.documents} {w("in_documents")}</p>
        <h1>{entity.name}</h1>
        {(entity.organization || entity.position) && <p class="where">{[entity.organization, entity.position].filter(Boolean).join(" ")}</p>}
        <NamesView page={page.value} />
      </header>
      <WaysView to={entity.id} open />
      <WhoView entity={entity} again={page.again} />
      {facts.length === 0 && <Empty>{w("nothing_known")}</Empty>}
      {byPredicate(page.value, language).map(([term, rows]) => (
        <section key={term}>
          <h2>{term} <small>{rows.length}</small></h2>
          <ul class="facts">{alike(rows).map((facts) => <FactRow key={facts[0]?.id} facts={facts} self={entity.id} />)}</ul>
        </section>
      ))}
    </div>
  );
}
