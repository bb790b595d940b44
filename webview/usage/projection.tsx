import type {
  ProjectedPlan,
  ProjectionField,
  ProjectionForm,
  ProjectionResult,
  TypedWorkload,
} from "../../src/protocol/projectionMessages";
import { DataTable } from "./dataTable";
import { postToHost, words } from "./host";

/**
 * What the user has changed in the form; it is kept while another tab is shown. It is mutated, so that quick typing is
 * not overwritten with values from an earlier drawing.
 */
export interface TypedProjection {
  fields?: TypedWorkload;
  plan?: ProjectedPlan;
}

/** The second tab: a form, and below it what all models would cost and how much they admit. */
export function Projection({
  form,
  result,
  typed,
}: {
  readonly form: ProjectionForm | undefined;
  readonly result: ProjectionResult | undefined;
  readonly typed: TypedProjection;
}) {
  if (form === undefined) return <p>{words.loading}</p>;
  const first = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
  const valuesNow = (): TypedWorkload => ({ ...first, ...typed.fields });
  const planNow = (): ProjectedPlan => typed.plan ?? form.plan;
  const post = () => postToHost({ type: "project", typed: valuesNow(), plan: planNow() });

  return (
    <>
      <h2>{form.title}</h2>
      <p class="note">{form.origin}</p>
      <form class="workload" onSubmit={(event) => event.preventDefault()}>
        {form.fields.map((field) => (
          <NumberField
            key={field.name}
            field={field}
            value={valuesNow()[field.name] ?? ""}
            problem={result?.problems.find(({ name }) => name === field.name)?.problem}
            onChange={(value) => {
              typed.fields = { ...typed.fields, [field.name]: value };
              post();
            }}
          />
        ))}
        <PlanField
          form={form}
          plan={planNow()}
          onChange={(chosen) => {
            typed.plan = chosen;
            post();
          }}
        />
      </form>
      {result !== undefined && <Outcome title={form.title} result={result} />}
    </>
  );
}

function NumberField({
  field,
  value,
  problem,
  onChange,
}: {
  readonly field: ProjectionField;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { name, label, least, most } = field;
  const isWrong = problem !== undefined;
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <input
        id={`field-${name}`}
        type="number"
        step={1}
        min={least}
        max={most}
        value={value}
        aria-invalid={isWrong}
        {...(isWrong && { "aria-describedby": `problem-${name}` })}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {isWrong && (
        <p class="problem" id={`problem-${name}`}>
          {problem}
        </p>
      )}
    </div>
  );
}

function PlanField({
  form,
  plan,
  onChange,
}: {
  readonly form: ProjectionForm;
  readonly plan: ProjectedPlan;
  readonly onChange: (plan: ProjectedPlan) => void;
}) {
  return (
    <div class="field">
      <label for="field-plan">{form.planLabel}</label>
      <select
        id="field-plan"
        value={plan}
        onChange={({ currentTarget }) => {
          const chosen = form.plans.find(({ value }) => value === currentTarget.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {form.plans.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Outcome({ title, result }: { readonly title: string; readonly result: ProjectionResult }) {
  const { problems, summary, table, notes, superseded } = result;
  // A problem is already shown beside its field; here it is only read out.
  const spoken = summary ?? problems.map(({ problem }) => problem).join(" ");
  const place = summary === undefined ? "visually-hidden" : "summary";
  return (
    <>
      <p class={place} role="status">
        {spoken}
      </p>
      {table !== undefined && <DataTable title={title} table={table} words />}
      {notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      <details class="superseded">
        <summary>{superseded.title}</summary>
        <DataTable title={superseded.title} table={superseded.table} words />
      </details>
    </>
  );
}
