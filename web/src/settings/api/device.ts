import { api, segment } from "../../api/client";
import { resource } from "./resource";

export interface DeviceInput {
  extension: string;
  label: string;
  kind: "sip" | "browser";
}

/** A phone that registers for an extension. */
export interface Device extends DeviceInput {
  id: string;
  endpoint: string;
  online: boolean;
}

export interface DeviceSecret {
  device: Device;
  secret: string;
  realm: string;
}

export const devices = {
  ...resource<Device, DeviceInput>("/devices"),
  add: (input: DeviceInput) => api.post<DeviceSecret>("/devices", input),
  rotate: (id: string) => api.post<DeviceSecret>(`/devices/${segment(id)}/rotate`),
};
