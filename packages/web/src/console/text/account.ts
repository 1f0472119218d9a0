/** One's own account. */
export const accountPage = {
  title: "Account",
  lede: (email: string): string => `You are signed in as ${email}.`,
  factorTitle: "Second factor",
  factorWhy:
    "Names, addresses and personal links are shown only after a code from an app on your phone. Any authenticator app will do.",
  factor: {
    none: "You have not set it up yet.",
    set: "It is set up. Type a code to see names in this session.",
    verified:
      "It is set up, and you have typed its code. Names are shown until you leave the console alone for half an hour.",
  },
  begin: "Set up the second factor",
  replace: "Set it up again on another phone",
  beginning: "Making a secret…",
  scan: "Open the app, choose to add an account, and hold the camera on this picture.",
  picture: "Picture for the camera of an authenticator app; the secret to type stands below it",
  typeSecret: "No camera? Type this secret into the app:",
  recoveryTitle: "Recovery codes",
  recovery:
    "Keep these ten codes where your phone is not. Each lets you in once when the phone is lost. They are not shown again.",
  copyCodes: "recovery codes",
  codeLabel: "Code",
  codeHint: "six digits from the app, or a recovery code",
  codeNeeded: "Type the code that the app shows.",
  prove: "Confirm the code",
  proving: "Checking…",
  sessionsTitle: "Where you are signed in",
  sessionsText: "A session ends by itself after twelve hours.",
  unknownDevice: "A browser that said nothing of itself",
  thisDevice: "this device",
  started: (at: string): string => `signed in ${at}`,
  end: "Sign out there",
  endOf: (device: string, at: string): string => `Sign out on ${device}, signed in ${at}`,
  endOthers: "Sign out everywhere else",
  onlyHere: "You are signed in nowhere else.",
} as const;
