// The API counts in UTF-8 bytes, a browser in UTF-16. A Bytes holds a text in the form in which spans can be cut out of it.

export type Span = [number, number];

const decoder = new TextDecoder();

export class Bytes {
  private readonly bytes: Uint8Array;

  constructor(text: string) {
    this.bytes = new TextEncoder().encode(text);
  }

  get length(): number {
    return this.bytes.length;
  }

  slice(from: number, to: number): string {
    return decoder.decode(this.bytes.subarray(from, to));
  }

  // The lines (without their ends) as spans.
  lines(): Span[] {
    const spans: Span[] = [];
    let from = 0;
    for (let i = 0; i <= this.bytes.length; i++) {
      if (i < this.bytes.length && this.bytes[i] !== 10) continue;
      if (i > from) spans.push([from, i]);
      from = i + 1;
    }
    return spans;
  }
}

export interface Piece<T> {
  from: number;
  to: number;
  text: string;
  marks: T[]; // everything that covers this piece
}

// Cuts [from, to) at every border of a mark, so that each piece is covered by whole marks only.
export function cut<T>(bytes: Bytes, from: number, to: number, marks: Array<{ span: Span; mark: T }>): Array<Piece<T>> {
  const inside = marks.filter(({ span }) => span[0] < to && span[1] > from);
  const borders = new Set<number>([from, to]);
  for (const { span } of inside) for (const at of span) if (at > from && at < to) borders.add(at);
  const places = [...borders].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1] as number;
    return { from: start, to: end, text: bytes.slice(start, end), marks: inside.filter(({ span }) => span[0] <= start && span[1] >= end).map((m) => m.mark) };
  });
}
