/** What an INVITE's headers tell the soft phone. */
export interface Invitation {
  call: string;
  auto: boolean;
}

/** Reads X-Bellhop-Call and Call-Info (RFC 5373 style answer-after=0). */
export function readInvitation(header: (name: string) => string | undefined): Invitation {
  const info = header("Call-Info") ?? "";
  return { call: (header("X-Bellhop-Call") ?? "").trim(), auto: /;\s*answer-after\s*=\s*0*\s*(;|,|$)/i.test(info) };
}
