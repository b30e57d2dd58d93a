import type { ComponentType } from "react";

import type { Permission } from "../api/session";
import { AccountList } from "./accounts/AccountList";
import { LoginPage } from "./accounts/LoginTable";
import { RoleTable } from "./accounts/RoleTable";
import { TokenList } from "./accounts/TokenList";
import { DidList } from "./lines/DidList";
import { RouteList } from "./lines/RouteList";
import { ScreeningList } from "./lines/ScreeningList";
import { TrunkList } from "./lines/TrunkList";
import { AuditList } from "./log/AuditList";
import { RecordList } from "./log/RecordList";
import { ClassList } from "./phones/ClassList";
import { ExtensionList } from "./phones/ExtensionList";
import { GroupList } from "./phones/GroupList";
import { AgentList } from "./queues/AgentList";
import { QueueList } from "./queues/QueueList";
import { Security } from "./security/Security";

export interface Section {
  /** In the address, and of its text settings.nav.<key>. */
  key: string;
  group: "access" | "desk" | "phones" | "lines" | "log" | "own";
  /** The page is there only with this right; none: for everybody. */
  needs?: Permission;
  Page: ComponentType;
}

export const sections: Section[] = [
  { key: "accounts", group: "access", needs: "accounts.read", Page: AccountList },
  { key: "roles", group: "access", needs: "accounts.read", Page: RoleTable },
  { key: "logins", group: "access", needs: "accounts.read", Page: LoginPage },
  { key: "tokens", group: "access", needs: "tokens.write", Page: TokenList },
  { key: "queues", group: "desk", needs: "queues.write", Page: QueueList },
  { key: "agents", group: "desk", needs: "queues.write", Page: AgentList },
  { key: "extensions", group: "phones", needs: "hotel.read", Page: ExtensionList },
  { key: "groups", group: "phones", needs: "hotel.read", Page: GroupList },
  { key: "classes", group: "phones", needs: "hotel.read", Page: ClassList },
  { key: "trunks", group: "lines", needs: "lines.read", Page: TrunkList },
  { key: "routes", group: "lines", needs: "lines.read", Page: RouteList },
  { key: "dids", group: "lines", needs: "lines.read", Page: DidList },
  { key: "screening", group: "lines", needs: "lines.read", Page: ScreeningList },
  { key: "records", group: "log", needs: "calls.read", Page: RecordList },
  { key: "audit", group: "log", needs: "audit.read", Page: AuditList },
  { key: "security", group: "own", Page: Security },
];

/** The sections that somebody with these rights sees. */
export function openTo(rights: readonly Permission[]): Section[] {
  return sections.filter((section) => !section.needs || rights.includes(section.needs));
}
