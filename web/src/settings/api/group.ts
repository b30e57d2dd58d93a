import type { Group } from "../../api/group";
import { resource } from "./resource";

export const groupRows = resource<Group, Omit<Group, "name">>("/groups");
