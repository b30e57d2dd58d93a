import { useTranslation } from "react-i18next";

import { type CallClass, callClasses, numberClasses } from "../api/class";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { ListPage } from "../kit/ListPage";

/** Classes of service: what kinds of numbers a phone may dial. */
export function ClassList() {
  const { t } = useTranslation();
  return (
    <ListPage<CallClass>
      section="class"
      queryKey={["classes"]}
      load={() => callClasses.all()}
      id={(row) => row.name}
      words={(row) => row.name}
      write="hotel.write"
      columns={[
        { title: t("settings.class.name"), dataIndex: "name" },
        { title: t("settings.class.allow"), key: "allow", render: (_, row) => row.allow.map((each) => t(`settings.numberClass.${each}`)).join("、") || "–" },
      ]}
      editor={(row, close) => (
        <Editor<CallClass>
          section="class"
          title={row ? t("settings.class.change", { name: row.name }) : t("settings.class.new")}
          fresh={!row}
          value={row ?? { name: "", allow: ["emergency", "internal"] }}
          save={({ name, allow }) => callClasses.put(name, { allow })}
          onClose={close}
          items={[
            { name: "name", kind: "text", required: true, fixed: true, length: 64 },
            { name: "allow", kind: "choices", options: optionsOf(numberClasses, (each) => t(`settings.numberClass.${each}`)) },
          ]}
        />
      )}
      remove={(row) => callClasses.delete(row.name)}
    />
  );
}
