const words =
  "For me a long walk goes with a better day and two hard ones in a row with a worse one so I keep to what I know".split(
    " ",
  );

/** A comment of about 280 characters, a different one for each number. */
function bodyOf(index: number): string {
  const turned = [...words.slice(index % words.length), ...words.slice(0, index % words.length)];
  return `Comment ${index}. ${turned.join(" ")}. ${turned.reverse().join(" ")}.`;
}

/**
 * Puts comments of the study team under a study, every fourth an answer to one of those before, as its console does.
 *
 * @param call  sends a POST with a JSON body as a signed-in member of staff and returns the answer.
 */
export async function addComments(
  count: number,
  call: (body: { readonly body: string; readonly parent?: string }) => Promise<{ readonly id: string }>,
): Promise<void> {
  let thread = "";
  for (let index = 0; index < count; index++) {
    const isReply = index % 4 === 3 && thread !== "";
    const { id } = await call({ body: bodyOf(index), ...(isReply ? { parent: thread } : {}) });
    if (!isReply) thread = id;
  }
}
