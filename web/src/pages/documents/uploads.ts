// Files on their way: sent three at a time, kept by the program, read in their turn. What the program has is followed over server-sent events, so that
// closing the page loses nothing that was received, and opening it again shows the same list. What is not sent yet lives in this page alone, which is said.
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";
import type { Upload } from "../../api/types";
import { AGAIN_MS } from "../../desk";
import type { Handed } from "./files";

const AT_ONCE = 3;

export type State = Upload["state"] | "sending" | "queued" | "hold";
export interface Item {
  key: string;
  name: string;
  state: State;
  sent: number; // share of the bytes that left, 0 to 1
  found: number;
  doubtful: number;
  document?: string;
  said: string;
}

interface Local extends Item {
  file: File;
}

const locals = new Map<string, Local>(); // not yet with the program, or not taken by it
const received = new Map<number, Upload>();
const watchers = new Set<() => void>();
let drawing = false;
let underWay = 0;
let serial = 0;
let told = 0; // the last change that is known here
let events: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

// Hundreds of changes a second are one drawing.
function tell(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => { drawing = false; watchers.forEach((f) => f()); });
}

const isLocalOpen = (item: Local): boolean => item.state !== "refused";
const isOpen = (u: Upload): boolean => u.state === "waiting" || u.state === "reading";
export const isUnsent = (item: Item): boolean => item.state === "queued" || item.state === "sending" || item.state === "hold";
export const isDone = (item: Item): boolean => !isUnsent(item) && item.state !== "waiting" && item.state !== "reading";

// ---------------------------------------------------------------- following what the program has

// List, events and answers may overtake each other: the later change holds.
function take(item: Upload): void {
  const known = received.get(item.id);
  if (!known || known.changed < item.changed) received.set(item.id, item);
}

async function load(): Promise<void> {
  const { items, sequence } = await api.uploads();
  const listed = new Set(items.map((item) => item.id));
  for (const [id, item] of received) if (!listed.has(id) && item.changed <= sequence) received.delete(id);
  items.forEach(take);
  told = Math.max(told, sequence);
  tell();
}

function settle(): void {
  const open = [...received.values()].some(isOpen) || [...locals.values()].some(isLocalOpen);
  if (!open) { events?.close(); events = null; }
}

function onEvent(event: MessageEvent<string>): void {
  const item = JSON.parse(event.data) as Upload;
  take(item);
  told = Math.max(told, item.changed);
  settle();
  tell();
}

// Too many pages follow, or the program is away: the list is asked for now and then.
function askAgain(): void {
  events?.close();
  events = null;
  clearTimeout(timer);
  timer = setTimeout(() => { load().then(follow, askAgain); }, AGAIN_MS);
}

function follow(): void {
  if (events || !([...received.values()].some(isOpen) || [...locals.values()].some(isLocalOpen))) return;
  events = new EventSource(`/api/v1/jobs/uploads/events?after=${told}`);
  events.onmessage = onEvent;
  events.addEventListener("cleared", () => { load().catch(askAgain); });
  events.onerror = () => { if (events?.readyState === EventSource.CLOSED) askAgain(); };
}

// ---------------------------------------------------------------- sending

const reasonOf = (body: string): string => {
  try { return (JSON.parse(body) as { error: { message: string } }).error.message; } catch { return ""; }
};

function onAnswer(item: Local, request: XMLHttpRequest): void {
  if (request.status === 202) {
    const upload = JSON.parse(request.responseText) as Upload;
    take(upload);
    locals.delete(item.key);
  } else if (request.status === 0 || request.status >= 500) {
    item.state = "hold";
    item.sent = 0;
    setTimeout(() => { if (item.state === "hold") item.state = "queued"; pump(); }, AGAIN_MS);
  } else {
    item.state = "refused";
    item.said = reasonOf(request.responseText) || request.statusText;
  }
}

function send(item: Local): void {
  const request = new XMLHttpRequest();
  item.state = "sending";
  underWay++;
  request.upload.onprogress = (e) => { item.sent = e.total ? e.loaded / e.total : 1; tell(); };
  request.onloadend = () => {
    underWay--;
    onAnswer(item, request);
    follow();
    settle();
    pump();
    tell();
  };
  request.open("POST", `/api/v1/jobs/uploads?${new URLSearchParams({ name: item.name })}`);
  request.send(item.file);
}

function pump(): void {
  for (const item of locals.values()) {
    if (underWay >= AT_ONCE) break;
    if (item.state === "queued") send(item);
  }
  tell();
}

export function add({ file, name }: Handed): void {
  const key = `local-${++serial}`;
  locals.set(key, { key, file, name, state: "queued", sent: 0, found: 0, doubtful: 0, said: "" });
  pump();
}

export async function clear(): Promise<void> {
  for (const item of [...locals.values()]) if (item.state === "refused") locals.delete(item.key);
  await api.clearUploads();
  await load();
}

addEventListener("beforeunload", (event) => { if ([...locals.values()].some(isLocalOpen)) event.preventDefault(); });

// ---------------------------------------------------------------- for the page

const fromProgram = (u: Upload): Item => ({ key: String(u.id), name: u.name, state: u.state, sent: 1, found: u.found, doubtful: u.doubtful, said: u.said, ...(u.document ? { document: u.document } : {}) });

// In the order in which they were handed in.
const everything = (): Item[] => [...[...received.values()].sort((a, b) => a.id - b.id).map(fromProgram), ...locals.values()];

export function useUploads(): Item[] {
  const [, redraw] = useState(0);
  useEffect(() => {
    const watcher = (): void => redraw((n) => n + 1);
    watchers.add(watcher);
    load().then(follow, askAgain);
    return () => { watchers.delete(watcher); clearTimeout(timer); };
  }, []);
  return everything();
}
