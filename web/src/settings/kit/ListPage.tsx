import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Table, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Permission } from "../../api/session";
import { faultText, useTellFault } from "../../app/fault";
import { useCan } from "../../session/session";

interface Props<T extends object> {
  section: string;
  queryKey: readonly unknown[];
  load: () => Promise<T[]>;
  id: (row: T) => string;
  columns: TableColumnsType<T>;
  /** The words of a row that the search looks at. */
  words: (row: T) => string;
  write: Permission;
  /** The form for a row, or for a new one. */
  editor?: (row: T | undefined, close: (saved: boolean) => void) => ReactNode;
  canAdd?: boolean;
  canEdit?: boolean;
  remove?: (row: T) => Promise<unknown>;
  removeText?: string;
  /** More buttons of a row. */
  deeds?: (row: T, refresh: () => void) => ReactNode;
  extra?: ReactNode;
}

/** A settings page: what there is, searchable; add, edit, delete with a question. */
export function ListPage<T extends object>(props: Props<T>) {
  const { t } = useTranslation();
  const { section, queryKey, load, id, columns, words, write, editor, canAdd = true, canEdit = true, remove, deeds } = props;
  const queries = useQueryClient();
  const list = useQuery({ queryKey, queryFn: () => load() });
  const may = useCan(write);
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<{ row?: T }>();
  const refresh = () => void queries.invalidateQueries({ queryKey });
  const removing = useRemove(props, refresh);
  const rows = (list.data ?? []).filter((row) => words(row).toLowerCase().includes(search.trim().toLowerCase()));
  const close = (saved: boolean) => {
    setEdited(undefined);
    if (saved) refresh();
  };
  const last = {
    title: <span className="row-deeds">{t("settings.kit.deeds")}</span>, key: "deeds", fixed: "end" as const, width: 1, render: (_: unknown, row: T) => (
      <span className="row-deeds">
        {editor && canEdit && <Button size="small" onClick={() => setEdited({ row })} data-testid={`edit-${id(row)}`}>{t("act.edit")}</Button>}
        {deeds?.(row, refresh)}
        {remove && <Button size="small" danger onClick={() => removing(row)} data-testid={`delete-${id(row)}`}>{props.removeText ?? t("act.delete")}</Button>}
      </span>
    ),
  };
  return (
    <>
      <div className="list-bar">
        <h1>{t(`settings.${section}.page`)}</h1><span className="lane-count">{list.data?.length ?? "…"}</span>
        <Input.Search className="list-search" value={search} allowClear placeholder={t("act.search")} aria-label={t("act.search")} onChange={(event) => setSearch(event.target.value)} />
        {props.extra}
        {may && editor && canAdd && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited({})} data-testid="add">{t("act.add")}</Button>}
      </div>
      <p className="list-hint">{t(`settings.${section}.hint`)}</p>
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} action={<Button size="small" onClick={refresh}>{t("act.retry")}</Button>} />}
      <Table<T> size="small" rowKey={id} loading={list.isPending} dataSource={rows} columns={may && (editor || remove || deeds) ? [...columns, last] : columns} scroll={{ x: "max-content" }} pagination={{ defaultPageSize: 20, hideOnSinglePage: true, size: "small" }} />
      {edited && editor?.(edited.row, close)}
    </>
  );
}

/** Deletes after a question. */
function useRemove<T extends object>({ section, id, remove, removeText }: Props<T>, refresh: () => void): (row: T) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTellFault();
  return (row) =>
    void modal.confirm({
      title: t("settings.kit.sure", { deed: removeText ?? t("act.delete"), what: `${t(`settings.${section}.one`)} ${id(row)}` }),
      content: t("settings.kit.forGood"),
      okText: removeText ?? t("act.delete"),
      okButtonProps: { danger: true },
      cancelText: t("act.cancel"),
      onOk: () => remove?.(row).then(refresh, tell),
    });
}
