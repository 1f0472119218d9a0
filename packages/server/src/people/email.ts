const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

/** Whether a text looks like an e-mail address; whether anyone reads it only a message can tell. */
export function isEmail(text: string): boolean {
  return EMAIL.test(text);
}
