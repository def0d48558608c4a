// One place that speaks to the API. Errors come back as they are said by the program.
import type { Appearances, Cleared, Decided, Decision, Documents, Done, DocumentPage, Entities, EntityPage, Match, MatchQuestion, PairDecision, Queue, Status, Uploads, Ways } from "./types";

export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

export const unreachable = (error: unknown): boolean => error instanceof Refused && error.code === "unreachable";

async function read<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const error = (body as { error?: { code: string; message: string } } | null)?.error;
  throw new Refused(response.status, error?.code ?? "unreachable", error?.message ?? response.statusText);
}

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Refused(0, "unreachable", "");
  }
  return read<T>(response);
}

const query = (values: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(values).filter(([, v]) => v !== "").map(([k, v]) => [k, String(v)])).toString();

const json = (body: unknown, signal?: AbortSignal): RequestInit => ({
  method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, ...(signal ? { signal } : {}),
});

export const api = {
  status: () => call<Status>("/status"),
  match: (question: MatchQuestion, signal?: AbortSignal) => call<Match>("/match", json(question, signal)),
  entities: (q: string, kind: string, offset: number, limit: number, signal?: AbortSignal) =>
    call<Entities>(`/entities?${query({ q, kind, offset, limit })}`, signal ? { signal } : {}),
  entity: (id: string) => call<EntityPage>(`/entities/${encodeURIComponent(id)}`),
  documents: (q: string, offset: number, limit: number, signal?: AbortSignal) =>
    call<Documents>(`/documents?${query({ q, offset, limit })}`, signal ? { signal } : {}),
  document: (id: string) => call<DocumentPage>(`/documents/${encodeURIComponent(id)}`),
  ways: (to: string, from: string, signal?: AbortSignal) => call<Ways>(`/ways?${query({ to, from })}`, signal ? { signal } : {}),
  decide: (fact: number, decision: Decision) => call<Decided>(`/facts/${fact}/decision`, json(decision)),
  queue: (state: string, entity: string, offset: number, limit: number) => call<Queue>(`/queue?${query({ state, entity, offset, limit })}`),
  decidePair: (decision: PairDecision) => call<Done>("/queue/decisions", json(decision)),
  undoDecision: (sequence: number) => call<Done>(`/decisions/${sequence}/undo`, { method: "POST" }),
  appearances: (id: string, offset: number, limit: number) => call<Appearances>(`/entities/${encodeURIComponent(id)}/appearances?${query({ offset, limit })}`),
  merge: (keep: string, gone: string) => call<Done>(`/entities/${encodeURIComponent(keep)}/merge`, json({ gone })),
  split: (id: string, appearances: string[]) => call<Done>(`/entities/${encodeURIComponent(id)}/split`, json({ appearances })),
  uploads: () => call<Uploads>("/jobs/uploads"),
  clearUploads: () => call<Cleared>("/jobs/uploads/clear", { method: "POST" }),
};
