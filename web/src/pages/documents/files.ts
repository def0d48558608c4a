// What was dropped or chosen, folders walked through: each file with its path below what was dropped.

export interface Handed {
  file: File;
  name: string;
}

// What programs use while they write, and what systems put beside files, is nobody's document.
const isOurs = (name: string): boolean => !name.split("/").some((part) => part.startsWith(".") || part.startsWith("~$")) && !/(^|\/)(Thumbs\.db|desktop\.ini)$/i.test(name);

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((done, fail) => entry.file(done, fail));

// A browser gives a folder in batches; an empty one is the end.
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (!batch.length) return all.sort((a, b) => a.name.localeCompare(b.name, "zh"));
    all.push(...batch);
  }
}

async function walk(entry: FileSystemEntry, add: (handed: Handed) => void): Promise<void> {
  const name = entry.fullPath.replace(/^\/+/, "");
  if (!isOurs(name)) return;
  if (entry.isFile) add({ file: await fileOf(entry as FileSystemFileEntry), name });
  else for (const below of await entriesOf(entry as FileSystemDirectoryEntry)) await walk(below, add);
}

// The entries must be taken at once: after the first pause the browser has forgotten what was dropped.
export async function dropped(data: DataTransfer | null, add: (handed: Handed) => void): Promise<void> {
  const entries = [...(data?.items ?? [])].map((item) => item.webkitGetAsEntry());
  if (entries.some((e) => e !== null)) for (const entry of entries) { if (entry) await walk(entry, add); }
  else chosen(data?.files ?? null, add);
}

export function chosen(files: FileList | null, add: (handed: Handed) => void): void {
  for (const file of files ?? []) {
    const name = file.webkitRelativePath || file.name;
    if (isOurs(name)) add({ file, name });
  }
}

export function chooseFolder(add: (handed: Handed) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.webkitdirectory = true;
  input.onchange = () => chosen(input.files, add);
  input.click();
}
