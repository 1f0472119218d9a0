/** The words for a person who leaves through the team. */
export const leaveFor = {
  button: "Leaves…",
  buttonFor: (label: string): string => `${label} leaves the study or wants no messages`,
  title: (label: string): string => `What has ${label} asked for?`,
  ways: "What the person asked for",
  names: {
    stop_contact: "No more messages.",
    stop_keep: "Leave, answers stay.",
    erase: "Leave, everything erased.",
  },
  does: {
    stop_contact: "The link works as before.",
    stop_keep: "The link stops working and no answer is taken. What was answered stays in the data.",
    erase:
      "Name, address and answers are destroyed. This cannot be undone, and the next dataset is without them.",
  },
  reason: "How they asked, and why if they said",
  reasonHint: "Without names: “by phone, moved abroad”. It is kept.",
  needReason: "Write how they asked, in a few words.",
  confirm: {
    stop_contact: "Stop the messages",
    stop_keep: "Write down that they left",
    erase: "Erase this person for good",
  },
  dismiss: "Change nothing",
  done: {
    stop_contact: "No more messages go to this person.",
    stop_keep: "Written down. Their answers stay.",
    erase: "Erased. Only the number of the person and the places of the answers are left.",
  },
  requests: (count: number): string =>
    count === 1 ? "One person asks to be erased" : `${count} people ask to be erased`,
  asked: (label: string, date: string): string =>
    `${label}, asked ${date}. Find the person below and choose “Leaves…”.`,
  deadline: "The law gives a month.",
};
