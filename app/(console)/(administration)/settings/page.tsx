import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ChangePassword } from "#components/access/change-password.tsx";
import { ProfileForm } from "#components/settings/profile-form.tsx";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { changePassword } from "#app/_actions/change-password.ts";
import { saveLanguage } from "#app/_actions/save-language.ts";
import { saveSingleKeys } from "#app/_actions/save-single-keys.ts";
import { saveTheme } from "#app/_actions/save-theme.ts";
import { saveTimeZone } from "#app/_actions/save-time-zone.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readProfile } from "#app/_data/read-profile.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("settings"))("title") });

const SettingsPage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("profile.change");
  const [profile, t] = await Promise.all([readProfile(viewer), pageText("settings")]);
  return (
    <>
      <PageLive of="profile" />
      <SettingsHead title={t("title")} intro={t("intro")} />
      <ProfileForm
        profile={profile}
        saveLanguage={saveLanguage}
        saveTheme={saveTheme}
        saveTimeZone={saveTimeZone}
        saveSingleKeys={saveSingleKeys}
      />
      <ChangePassword change={changePassword} />
    </>
  );
};

export default SettingsPage;
