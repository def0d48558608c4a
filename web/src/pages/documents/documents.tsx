// 资料: what was read, and the place to drop more. Each file has its bar; the queue goes on while other pages are looked at.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";
import type { Document } from "../../api/types";
import { useLanguage, useLoaded, usePlace, useSettled, useTitle, useWords } from "../../desk";
import { Empty, ErrorNote, Pages, replaceQuery, SearchField } from "../../parts/parts";
import { reviewWords } from "../../text/review";
import { chooseFolder, chosen, dropped } from "./files";
import { Queue } from "./queue";
import { add, isDone, useUploads } from "./uploads";

const LIMIT = 50;

function DropBox(): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const [over, set] = useState(false);
  return (
    <>
    <label class="drop" data-over={over} onDragOver={(e) => { e.preventDefault(); set(true); }} onDragLeave={() => set(false)}
      onDrop={(e) => { e.preventDefault(); set(false); void dropped(e.dataTransfer, add); }}>
      <input type="file" multiple onChange={(e) => { chosen(e.currentTarget.files, add); e.currentTarget.value = ""; }} />
      <strong>{w("drop_title")}</strong>
      <span>{w("drop_hint")}</span>
    </label>
    <p class="folder"><button type="button" onClick={() => chooseFolder(add)}>{reviewWords[language].folder}</button></p>
    </>
  );
}

function Row({ document: d }: { document: Document }): JSX.Element {
  return (
    <tr>
      <td><a href={`/documents/${d.id}`}>{d.title || d.name}</a>{d.title && <span class="minor">{d.name}</span>}</td>
      <td class="number">{d.date}</td>
      <td class="number">{d.facts}</td>
      <td>{d.format} · {d.encoding}</td>
      <td class="number">{d.imported.slice(0, 10)}</td>
    </tr>
  );
}

export function DocumentsPage(): JSX.Element {
  const w = useWords();
  useTitle(w("documents_title"));
  const place = usePlace();
  const items = useUploads();
  const done = items.filter((i) => i.state === "new" || i.state === "reread").length;
  const busy = items.some((i) => !isDone(i));
  const [q, type] = useState(place.query.get("q") ?? "");
  const settled = useSettled(q, 150);
  const offset = Number(place.query.get("offset") ?? 0) || 0;
  useEffect(() => { if ((place.query.get("q") ?? "") !== settled) replaceQuery({ q: settled, offset: "" }); }, [settled]);
  const list = useLoaded((signal) => api.documents(settled, offset, LIMIT, signal), [settled, offset, Math.ceil(done / 10), busy]);
  return (
    <div class="documents">
      <h1>{w("documents_title")}</h1>
      <DropBox />
      <Queue items={items} />
      <SearchField label={w("search_documents")} hint="" value={q} change={type} />
      {list.error !== undefined && <ErrorNote error={list.error} again={list.again} />}
      {list.value && (list.value.items.length === 0 ? <Empty>{settled ? w("no_matching_documents") : w("no_documents")}</Empty> : (
        <table>
          <thead><tr><th scope="col">{w("title")}</th><th scope="col">{w("date")}</th><th scope="col">{w("found")}</th><th scope="col">{w("format")}</th><th scope="col">{w("read_at")}</th></tr></thead>
          <tbody>{list.value.items.map((d) => <Row key={d.id} document={d} />)}</tbody>
        </table>
      ))}
      {list.value && <Pages offset={offset} limit={LIMIT} total={list.value.total} address={(o) => `/documents?${new URLSearchParams({ q: settled, offset: String(o) })}`} />}
    </div>
  );
}
