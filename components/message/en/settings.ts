/** Settings of one's own and of the installation. */
export const settings = {
  title: "Your settings",
  intro: "They go with your account, to every browser you sign in with.",
  language: "Language",
  theme: "Theme",
  zone: "Time zone",
  zoneHint: "Every time in the console is shown in it.",
  zoneDefault: "As the installation ({zone})",
  saved: "Saved",
  notSaved: "Could not be saved. Try again.",
};
