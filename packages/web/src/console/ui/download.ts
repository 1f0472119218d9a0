/** Hands a text made in the browser to the person as a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the next turn; until then the browser needs the address.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
