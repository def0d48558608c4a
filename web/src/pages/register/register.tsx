// 名录: people, institutions, technologies and needs, found by characters, pinyin or initials.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";
import { listed } from "../../api/kinds";
import type { Entity } from "../../api/types";
import { useLanguage, useLoaded, usePlace, useSettled, useTitle, useWords } from "../../desk";
import { Empty, ErrorNote, Kind, Pages, replaceQuery, SearchField } from "../../parts/parts";
import { kindsTerm } from "../../text/terms";

const LIMIT = 50;
const kinds = ["", ...listed] as const;

function Row({ entity: e }: { entity: Entity }): JSX.Element {
  return (
    <tr>
      <td><a href={`/entities/${e.id}`}>{e.name}</a></td>
      <td><Kind kind={e.kind} /></td>
      <td>{e.organization}</td>
      <td>{e.position}</td>
      <td class="number">{e.facts}</td>
      <td class="number">{e.documents}</td>
    </tr>
  );
}

export function RegisterPage(): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  useTitle(w("register_title"));
  const place = usePlace();
  const [q, type] = useState(place.query.get("q") ?? "");
  const settled = useSettled(q, 100);
  const kind = place.query.get("kind") ?? "";
  const offset = Number(place.query.get("offset") ?? 0) || 0;
  useEffect(() => { if ((place.query.get("q") ?? "") !== settled) replaceQuery({ q: settled, offset: "" }); }, [settled]);
  const list = useLoaded((signal) => api.entities(settled, kind, offset, LIMIT, signal), [settled, kind, offset]);
  return (
    <div class="register">
      <h1>{w("register_title")}</h1>
      <SearchField label={w("search_register")} hint={w("search_hint")} value={q} change={type} />
      <div class="chips" role="group" aria-label={w("kind")}>
        {kinds.map((k) => <button type="button" key={k} aria-pressed={k === kind} onClick={() => replaceQuery({ kind: k, offset: "" })}>{k ? kindsTerm(language, k) : w("all")}</button>)}
      </div>
      {list.error !== undefined && <ErrorNote error={list.error} again={list.again} />}
      {list.value && (list.value.items.length === 0 ? <Empty>{settled || kind ? w("no_matching_entities") : w("no_entities")}</Empty> : (
        <table>
          <thead><tr><th scope="col">{w("name")}</th><th scope="col">{w("kind")}</th><th scope="col">{w("works_at")}</th><th scope="col">{w("position")}</th><th scope="col">{w("facts")}</th><th scope="col">{w("documents")}</th></tr></thead>
          <tbody>{list.value.items.map((e) => <Row key={e.id} entity={e} />)}</tbody>
        </table>
      ))}
      {list.value && <Pages offset={offset} limit={LIMIT} total={list.value.total} address={(o) => `/register?${new URLSearchParams({ q: settled, kind, offset: String(o) })}`} />}
    </div>
  );
}
