// What every part of the desk may ask: which language, where we are, and how to go elsewhere. The address is the state.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { unreachable } from "./api/client";
import { words, type Language, type Word } from "./text/words";

export const AGAIN_MS = 3000;

export interface Place {
  path: string;
  query: URLSearchParams;
  hash: string;
}

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search), hash: location.hash.slice(1) });

export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

export function usePlace(): Place {
  const [place, set] = useState(here);
  useEffect(() => {
    const moved = () => set(here());
    addEventListener("popstate", moved);
    return () => removeEventListener("popstate", moved);
  }, []);
  return place;
}

// Links inside the desk change the address without loading anew.
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = (event.target as Element).closest("a");
  if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download")) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return; // within the page
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
  scrollTo(0, 0);
}

export const LanguageContext = createContext<Language>("zh");
export const useLanguage = (): Language => useContext(LanguageContext);
export function useWords(): (word: Word) => string {
  const table = words[useLanguage()];
  return (word) => table[word];
}

// What stands in the browser's title and its history.
export function useTitle(title: string | undefined): void {
  const brand = useWords()("brand");
  useEffect(() => { document.title = title ? `${title} · ${brand}` : brand; }, [title, brand]);
}

// Loads something and says how far it is; what was there stays while the next is under way. A program that does not answer is asked again.
export interface Loaded<T> {
  value: T | undefined;
  error: unknown;
  busy: boolean;
  again: () => void;
}

export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, inputs: unknown[]): Loaded<T> {
  const [state, set] = useState<{ value: T | undefined; error: unknown; busy: boolean }>({ value: undefined, error: undefined, busy: true });
  const [turn, again] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    set((old) => ({ ...old, busy: true }));
    load(abort.signal).then(
      (value) => { if (!abort.signal.aborted) set({ value, error: undefined, busy: false }); },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        set((old) => ({ ...old, error, busy: false }));
        if (unreachable(error)) timer = setTimeout(() => again((n) => n + 1), AGAIN_MS);
      },
    );
    return () => { abort.abort(); clearTimeout(timer); };
  }, [...inputs, turn]);
  return { ...state, again: () => again((n) => n + 1) };
}

// A value that follows after a pause in typing; not while an input method still composes it.
export function useSettled<T>(value: T, ms: number, composing = false): T {
  const [settled, set] = useState(value);
  useEffect(() => {
    if (composing) return undefined;
    const timer = setTimeout(() => set(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms, composing]);
  return settled;
}
