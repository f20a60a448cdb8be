"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { ChoiceField } from "#components/ui/choice-field.tsx";
import { useTheme, type ThemeChoice } from "#components/shell/use-theme.ts";

export interface Profile {
  readonly theme: "light" | "dark" | null;
  /** null: the installation's. */
  readonly timeZone: string | null;
  readonly installationZone: string;
  readonly singleKeys: boolean;
  readonly zones: readonly string[];
}

/** Language, theme and time zone: each kept as soon as it is chosen. */
export const ProfileForm = ({
  profile,
  saveLanguage,
  saveTheme,
  saveTimeZone,
  saveSingleKeys,
}: {
  readonly profile: Profile;
  readonly saveLanguage: (language: string) => Promise<void>;
  readonly saveTheme: (theme: string) => Promise<void>;
  readonly saveTimeZone: (zone: string) => Promise<void>;
  readonly saveSingleKeys: (isOn: boolean) => Promise<void>;
}): ReactNode => {
  const t = useTranslations("settings");
  const shell = useTranslations("shell");
  const { language } = useClock();
  const router = useRouter();
  const [result, setResult] = useState<"saved" | "notSaved" | null>(null);
  const [isPending, start] = useTransition();
  // shown at once, until the account has another
  const [keysChosen, setKeysChosen] = useState<{ readonly from: boolean; readonly to: boolean } | null>(null);
  const areKeysOn = keysChosen?.from === profile.singleKeys ? keysChosen.to : profile.singleKeys;

  const keep = (work: () => Promise<void>): void => {
    start(async () => {
      try {
        await work();
        router.refresh();
        setResult("saved");
      } catch {
        setKeysChosen(null);
        setResult("notSaved");
      }
    });
  };
  const [theme, changeTheme] = useTheme(profile.theme, async (chosen) => keep(async () => saveTheme(chosen)));

  return (
    <div className="mt-5 grid max-w-120 gap-5" aria-busy={isPending}>
      <ChoiceField
        label={t("language")}
        name="language"
        value={language}
        options={[
          { value: "zh", text: "中文" },
          { value: "en", text: "English" },
        ]}
        onChange={(chosen) => keep(async () => saveLanguage(chosen))}
      />
      <ChoiceField<ThemeChoice>
        label={t("theme")}
        name="theme"
        value={theme}
        options={[
          { value: "system", text: shell("themeSystem") },
          { value: "light", text: shell("themeLight") },
          { value: "dark", text: shell("themeDark") },
        ]}
        onChange={changeTheme}
      />
      <div>
        <label className="block text-13 font-medium" htmlFor="zone">
          {t("zone")}
        </label>
        <select
          key={profile.timeZone}
          id="zone"
          className="field mt-1"
          defaultValue={profile.timeZone ?? ""}
          aria-describedby="zone-hint"
          onChange={(event) => {
            const zone = event.target.value;
            keep(async () => saveTimeZone(zone));
          }}
        >
          <option value="">{t("zoneDefault", { zone: profile.installationZone })}</option>
          {profile.zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
        <p id="zone-hint" className="mt-1 text-13 text-ink-3">
          {t("zoneHint")}
        </p>
      </div>
      <div>
        <ChoiceField
          label={t("singleKeys")}
          name="single-keys"
          value={areKeysOn ? "on" : "off"}
          options={[
            { value: "on", text: t("singleKeysOn") },
            { value: "off", text: t("singleKeysOff") },
          ]}
          onChange={(chosen) => {
            setKeysChosen({ from: profile.singleKeys, to: chosen === "on" });
            keep(async () => saveSingleKeys(chosen === "on"));
          }}
        />
        <p className="mt-1 text-13 text-ink-3">{t("singleKeysHint")}</p>
      </div>
      <output className={`min-h-6 text-13 ${result === "notSaved" ? "text-failed" : "text-ok"}`}>
        {result === null || isPending ? "" : t(result)}
      </output>
    </div>
  );
};
