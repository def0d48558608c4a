// 资料: what was read, and the place to drop more. Each file has its bar; the queue goes on while other pages are looked at.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, Refused } from "../../api/client";
import type { Document, Imported } from "../../api/types";
import { useLanguage, useLoaded, usePlace, useSettled, useTitle, useWords } from "../../desk";
import { Empty, ErrorNote, Pages, replaceQuery, SearchField } from "../../parts/parts";
import { refusal } from "../../text/refusals";

const LIMIT = 50;

interface Upload {
  file: File;
  state: "waiting" | "reading" | "read" | "known" | "reread" | "refused";
  result?: Imported;
  error?: string;
}

// The queue lives beside the pages, so that going elsewhere does not end it.
const queue: { items: Upload[]; running: boolean; watchers: Set<() => void> } = { items: [], running: false, watchers: new Set() };
const tell = (): void => queue.watchers.forEach((f) => f());

async function readOne(item: Upload): Promise<void> {
  item.state = "reading";
  tell();
  try {
    item.result = await api.upload(item.file);
    item.state = item.result.outcome === "new" ? "read" : item.result.outcome;
  } catch (error) {
    item.state = "refused";
    item.error = error instanceof Refused && error.message ? error.message : String(error);
  }
  tell();
}

async function run(): Promise<void> {
  if (queue.running) return;
  queue.running = true;
  for (let next = queue.items.find((i) => i.state === "waiting"); next; next = queue.items.find((i) => i.state === "waiting")) await readOne(next);
  queue.running = false;
  tell();
}

function add(files: FileList | null): void {
  for (const file of files ?? []) queue.items.push({ file, state: "waiting" });
  tell();
  void run();
}

function useQueue(): Upload[] {
  const [, redraw] = useState(0);
  useEffect(() => {
    const watcher = (): void => redraw((n) => n + 1);
    queue.watchers.add(watcher);
    return () => { queue.watchers.delete(watcher); };
  }, []);
  return queue.items;
}

function UploadRow({ item }: { item: Upload }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  const name = item.result ? <a href={`/documents/${item.result.document}`}>{item.file.name}</a> : item.file.name;
  return (
    <li data-state={item.state}>
      <span class="file">{name}</span>
      <progress max={1} value={item.state === "waiting" ? 0 : item.state === "reading" ? undefined : 1} aria-label={item.file.name} />
      <span class="what">
        {w(item.state)}
        {item.result && item.state !== "known" && ` · ${item.result.found} ${w("findings")}${w("comma")}${item.result.doubtful} ${w("doubtful")}`}
        {item.result?.unread && `${w("colon")}${refusal(language, item.result.unread)}`}
        {item.error && `${w("colon")}${refusal(language, item.error)}`}
      </span>
    </li>
  );
}

function Queue({ items }: { items: Upload[] }): JSX.Element | null {
  const w = useWords();
  const done = items.filter((i) => i.state !== "waiting" && i.state !== "reading").length;
  if (!items.length) return null;
  return (
    <section class="queue" aria-label={w("drop_title")} tabIndex={0}>
      <p role="status"><progress max={items.length} value={done} aria-label={w("documents_title")} /> {done} {w("of")} {items.length}</p>
      <ul>{items.map((item, i) => <UploadRow key={i} item={item} />)}</ul>
    </section>
  );
}

function DropBox(): JSX.Element {
  const w = useWords();
  const [over, set] = useState(false);
  return (
    <label class="drop" data-over={over} onDragOver={(e) => { e.preventDefault(); set(true); }} onDragLeave={() => set(false)}
      onDrop={(e) => { e.preventDefault(); set(false); add(e.dataTransfer?.files ?? null); }}>
      <input type="file" multiple onChange={(e) => { add(e.currentTarget.files); e.currentTarget.value = ""; }} />
      <strong>{w("drop_title")}</strong>
      <span>{w("drop_hint")}</span>
    </label>
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
  const items = useQueue();
  const done = items.filter((i) => i.state === "read" || i.state === "reread").length;
  const [q, type] = useState(place.query.get("q") ?? "");
  const settled = useSettled(q, 150);
  const offset = Number(place.query.get("offset") ?? 0) || 0;
  useEffect(() => { if ((place.query.get("q") ?? "") !== settled) replaceQuery({ q: settled, offset: "" }); }, [settled]);
  const list = useLoaded((signal) => api.documents(settled, offset, LIMIT, signal), [settled, offset, Math.ceil(done / 10), queue.running]);
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
