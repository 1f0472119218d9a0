import type { Answers, ConsentForm, WaveForm } from "@longwave/study/answering";

/** A short form with one question of every kind; our own wording. */
export const exampleForm: WaveForm = {
  protocolId: "example",
  protocolVersion: "1.0.0",
  wave: "w1",
  language: "en",
  minutes: 3,
  helpText:
    "You answered that your pain is severe. If it is new, or comes with fever, chest pain, weakness or numbness, contact your health service now.",
  helpWhen: [
    {
      kind: "binary",
      operator: ">=",
      left: { kind: "name", name: "pain", at: 0 },
      right: { kind: "literal", value: 4, at: 8 },
      at: 5,
    },
  ],
  items: [
    {
      id: "pain",
      kind: "single_choice",
      text: "How much bodily pain have you had during the past week?",
      marked: "the past week",
      why: "We ask it the same way each time, so that your answers can be compared with your own earlier ones. There is no right answer.",
      source: "RAND 36-Item Health Survey 1.0, item 21; recall changed by us from four weeks to one.",
      options: ["None", "Very mild", "Mild", "Moderate", "Severe", "Very severe"].map((text, value) => ({
        value,
        text,
      })),
    },
    {
      id: "pain_average",
      kind: "scale",
      text: "On average, how strong has your pain been in the past 7 days?",
      marked: "the past 7 days",
      why: "Some people find words easier, others numbers. With both, we can see whether they tell the same story.",
      min: 0,
      max: 10,
      lowText: "No pain",
      highText: "Pain as bad as you can imagine",
    },
    {
      id: "places",
      kind: "multi_choice",
      text: "Mark the places where you have had pain in the past 7 days.",
      marked: "the past 7 days",
      options: [
        { value: "neck", text: "Neck" },
        { value: "upper_back", text: "Upper back" },
        { value: "lower_back", text: "Lower back" },
        { value: "hip_l", text: "Left hip" },
        { value: "hip_r", text: "Right hip" },
        { value: "jaw_l", text: "Left jaw" },
      ],
      groups: [
        { label: "Neck and back", values: ["neck", "upper_back", "lower_back"] },
        { label: "Hips", values: ["hip_l", "hip_r"] },
      ],
      noneText: "No pain in any of these places",
    },
    {
      id: "minutes",
      kind: "integer",
      text: "On those days, about how many minutes each day?",
      help: "A rough guess is fine.",
      min: 0,
      max: 600,
      unit: "minutes",
    },
    { id: "weight", kind: "number", text: "What do you weigh?", min: 30, max: 300, decimals: 1, unit: "kg" },
    {
      id: "illness",
      kind: "yes_no",
      text: "In the past 7 days, did other illness or injury keep you from exercising?",
    },
    {
      id: "remark",
      kind: "text",
      text: "Is there anything you would like to add?",
      maxLength: 400,
      multiline: true,
    },
  ],
};

/** An answer to every question of the example form. */
export const exampleAnswers: Answers = {
  pain: { kind: "value", value: 4 },
  pain_average: { kind: "value", value: 6 },
  places: { kind: "value", value: ["neck", "lower_back"] },
  minutes: { kind: "value", value: 30 },
  weight: { kind: "skipped" },
  illness: { kind: "value", value: false },
  remark: { kind: "skipped" },
};

/** A consent form with one needed box and two free ones. */
export const exampleConsent: ConsentForm = {
  version: 1,
  hash: "example-hash",
  language: "en",
  title: "Would you like to take part?",
  sections: [
    {
      title: "What we ask",
      paragraphs: [
        "We ask about your pain and exercise five times in a year.",
        "The first time takes about 10 minutes, later ones 3 to 6.",
      ],
    },
    {
      title: "It is your choice",
      paragraphs: ["Skip any question. Leave whenever you like, without a reason."],
    },
    {
      title: "It is research, not treatment",
      paragraphs: [
        "Nobody reads your answers as they come in. If you need help, contact your health service.",
      ],
    },
    {
      title: "What we keep",
      paragraphs: [
        "Your answers, apart from your name and address. You can see, correct, take out or delete them.",
      ],
    },
  ],
  ticks: [
    { id: "take_part", label: "I want to take part", promise: "You can leave at any time.", required: true },
    {
      id: "reminders",
      label: "Remind me when it is time",
      promise: "At most four messages each time. Never at night.",
      required: false,
    },
    {
      id: "share",
      label: "Share my answers without my name",
      promise: "With other researchers. No free text is shared.",
      required: false,
    },
  ],
};
