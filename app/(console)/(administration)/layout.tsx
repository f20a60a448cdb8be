import type { ReactNode } from "react";
import { settingsMessages } from "#components/message/client-messages.ts";
import { SettingsTexts } from "#components/message/text-provider.tsx";
import { SettingsFrame } from "#components/settings/settings-frame.tsx";
import { pageSetting } from "#app/_data/page-setting.ts";
import { requireViewer } from "#app/_data/session.ts";

const AdministrationLayout = async ({ children }: { readonly children: ReactNode }): Promise<ReactNode> => {
  const viewer = await requireViewer("profile.change");
  const { clock } = await pageSetting();
  return (
    <SettingsTexts messages={settingsMessages(clock.language)}>
      <SettingsFrame role={viewer.role}>{children}</SettingsFrame>
    </SettingsTexts>
  );
};

export default AdministrationLayout;
