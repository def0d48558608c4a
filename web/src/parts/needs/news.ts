// How many news for kept needs nobody has looked at. Followed by server-sent events while the page is seen; a page in the background holds no connection, since a browser has
// only a few for all its pages.
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";

const AGAIN_MS = 30000;
const NEWS = "yiqiao-news";

// Something about kept needs changed: here, or in the program.
export const newsChanged = (): void => { dispatchEvent(new Event(NEWS)); };

export function useNewsChanges(changed: () => void): void {
  useEffect(() => {
    addEventListener(NEWS, changed);
    return () => removeEventListener(NEWS, changed);
  }, []);
}

function follow(): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => { source?.close(); source = null; clearTimeout(timer); };
  const open = (): void => {
    close();
    if (document.visibilityState === "hidden") return;
    const opened = new EventSource("/api/v1/news/events");
    opened.onopen = newsChanged;
    opened.addEventListener("news", newsChanged);
    opened.onerror = () => { if (opened.readyState === EventSource.CLOSED) { newsChanged(); timer = setTimeout(open, AGAIN_MS); } };
    source = opened;
  };
  open();
  document.addEventListener("visibilitychange", open);
  return () => { document.removeEventListener("visibilitychange", open); close(); };
}

export function useUnseen(): number {
  const [unseen, set] = useState(0);
  useNewsChanges(() => { api.news(true, 1).then((news) => set(news.unseen), () => undefined); });
  useEffect(follow, []);
  return unseen;
}
