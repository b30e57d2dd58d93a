import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../api/problem";
import { LoginPage } from "../login/LoginPage";
import { MustChange } from "../login/MustChange";
import { refreshSession, useSession } from "../session/session";
import { Live } from "./Live";
import { themes, useLook } from "./look";
import { router } from "./routes";
import { Waiting } from "./Waiting";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only a lost network or a busy switch is worth another try.
      retry: (count, problem) =>
        count < 2 && problem instanceof ApiError && (problem.code === "network" || problem.code === "unavailable"),
    },
  },
});

/** The whole page: language, look, data, and the login before anything else. */
export function App() {
  const { i18n } = useTranslation();
  const look = useLook();
  const chinese = i18n.language.startsWith("zh");
  useEffect(() => {
    dayjs.locale(chinese ? "zh-cn" : "en");
  }, [chinese]);
  return (
    <ConfigProvider locale={chinese ? zhCN : enUS} theme={themes[look]} button={{ autoInsertSpace: false }}>
      <AntApp component={false} message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <Gate />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/** Lets nobody in who is not logged in or still has a one-time password. */
function Gate() {
  const session = useSession();
  useEffect(() => void refreshSession(), []);
  if (session === undefined) return <Waiting />;
  if (session === null) return <LoginPage />;
  if (session.must_change) return <MustChange />;
  return (
    <Live>
      <RouterProvider router={router} />
    </Live>
  );
}
