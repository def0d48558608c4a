// Two candidates side by side, field by field, and below each what the documents say, every sentence with its source.
import type { JSX } from "preact";
import { api } from "../../api/client";
import type { Candidate, EntityPage, Fact, Pair } from "../../api/types";
import { useLanguage, useLoaded, useWords } from "../../desk";
import { ErrorNote, Kind, Source } from "../../parts/parts";
import { identityWords } from "../../text/identity";
import { predicateTerm, valueTerm } from "../../text/terms";

const SHOWN = 4; // facts a side; the whole is one click away

interface Side {
  candidate: Candidate;
  page: EntityPage | undefined;
}

const uniq = (texts: string[]): string[] => [...new Set(texts.filter(Boolean))];
const roles = (side: Side): Fact[] => side.page?.facts.filter((f) => f.predicate === "role" && f.subject.id === side.page?.entity.id) ?? [];

const fields: Array<{ label: "names" | "works_at" | "position"; of: (side: Side) => string[] }> = [
  { label: "names", of: ({ candidate, page }) => uniq(page?.names.map((n) => n.value) ?? []).filter((name) => name !== candidate.name) },
  { label: "works_at", of: (side) => uniq([...roles(side).map((f) => f.object?.name ?? ""), side.candidate.organization]) },
  { label: "position", of: (side) => uniq([...roles(side).map((f) => f.value), side.candidate.position]) },
];

// What the other side does not have is marked, unless the other side says nothing.
function Values({ own, other, unsaid }: { own: string[]; other: string[]; unsaid: string }): JSX.Element {
  const w = identityWords[useLanguage()];
  const words = useWords();
  if (!own.length) return <span class="unsaid">{unsaid}</span>;
  return <>{own.map((text, i) => <span key={text}>{i > 0 && words("list_comma")}{other.length && !other.includes(text) ? <em title={w.differs}>{text}</em> : text}</span>)}</>;
}

// The posts first, then what comes, each sentence once.
function quoted(page: EntityPage): Fact[] {
  const seen = new Set<string>();
  const rank = (f: Fact): number => (f.predicate === "role" ? 0 : 1);
  return [...page.facts].sort((a, b) => rank(a) - rank(b)).filter((f) => {
    const key = f.sentence.text || String(f.id);
    return seen.has(key) ? false : seen.add(key);
  }).slice(0, SHOWN);
}

function Said({ page }: { page: EntityPage }): JSX.Element {
  const language = useLanguage();
  const w = identityWords[language];
  const { entity } = page;
  return (
    <>
      <ul class="facts">
        {quoted(page).map((f) => {
          const own = f.subject.id === entity.id;
          return (
            <li key={f.id}>
              <p class="fact"><span class="predicate">{predicateTerm(language, entity.kind, f.predicate, own)}</span> {[valueTerm(language, f.predicate, f.value), own ? f.object?.name : f.subject.name].filter(Boolean).join(" · ")}</p>
              {f.sentence.text && <blockquote>{f.sentence.text}</blockquote>}
              <Source document={f.document} span={f.sentence.span} />
            </li>
          );
        })}
      </ul>
      <p><a href={`/entities/${entity.id}`}>{w.whole(page.facts.length)}</a></p>
    </>
  );
}

function Head({ letter, side }: { letter: string; side: Side }): JSX.Element {
  const w = identityWords[useLanguage()];
  return (
    <th scope="col">
      {w.record(letter)} <Kind kind={side.candidate.kind} />
    </th>
  );
}

export function Beside({ pair }: { pair: Pair }): JSX.Element {
  const language = useLanguage();
  const words = useWords();
  const w = identityWords[language];
  const a = useLoaded(() => api.entity(pair.a.entity), [pair.a.entity]);
  const b = useLoaded(() => api.entity(pair.b.entity), [pair.b.entity]);
  const sides: Side[] = [{ candidate: pair.a, page: a.busy ? undefined : a.value }, { candidate: pair.b, page: b.busy ? undefined : b.value }];
  const [left, right] = sides as [Side, Side];
  const error = a.error ?? b.error;
  return (
    <>
      <table class="pair">
        <thead><tr><td /><Head letter="A" side={left} /><Head letter="B" side={right} /></tr></thead>
        <tbody>
          <tr><th scope="row">{words("name")}</th>{sides.map((s, i) => <td key={i}><a class="whom" href={`/entities/${s.candidate.entity}`}>{s.candidate.name}</a></td>)}</tr>
          {fields.filter(({ of }) => sides.some((s) => of(s).length)).map(({ label, of }) => (
            <tr key={label}><th scope="row">{words(label)}</th>{[[left, right] as const, [right, left] as const].map(([own, other], i) => <td key={i}><Values own={of(own)} other={of(other)} unsaid={label === "names" ? "—" : w.unsaid} /></td>)}</tr>
          ))}
          <tr><th scope="row">{words("documents")}</th>{sides.map((s, i) => <td key={i}>{w.in_documents(s.candidate.documents)}</td>)}</tr>
        </tbody>
      </table>
      {error !== undefined && <ErrorNote error={error} />}
      <div class="sides">
        {sides.map((s, i) => <section key={i}><h2>{w.said} <small>{"AB"[i]}</small></h2>{s.page && <Said page={s.page} />}</section>)}
      </div>
    </>
  );
}
