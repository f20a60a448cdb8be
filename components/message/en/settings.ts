/** Settings of one's own and of the installation. */
export const settings = {
  title: "Your settings",
  intro: "They go with your account, to every browser you sign in with.",
  language: "Language",
  theme: "Theme",
  zone: "Time zone",
  zoneHint: "Every time in the console is shown in it.",
  zoneDefault: "As the installation ({zone})",
  singleKeys: "Single keys",
  singleKeysOn: "On",
  singleKeysOff: "Off",
  singleKeysHint: "A letter alone does something: “?” lists which. Off, only combinations such as Ctrl K do.",
  saved: "Saved",
  notSaved: "Could not be saved. Try again.",
};
