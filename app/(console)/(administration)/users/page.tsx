import type { Metadata } from "next";
import type { ReactNode } from "react";
import { UserList } from "#components/users/user-list.tsx";
import { changeRole } from "#app/_actions/change-role.ts";
import { resetPassword } from "#app/_actions/reset-password.ts";
import { setUserDisabled } from "#app/_actions/set-user-disabled.ts";
import { listUsers } from "#app/_data/list-users.ts";
import { pageText } from "#app/_data/page-text.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("users"))("title") });

const UsersPage = async (): Promise<ReactNode> => (
  <UserList users={await listUsers()} actions={{ changeRole, setDisabled: setUserDisabled, resetPassword }} />
);

export default UsersPage;
