package org.ipv6flow.console.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.Sql;
import org.jspecify.annotations.Nullable;

/**
 * A question to one view of the schema: which columns, which rows, in which order. Names of views
 * and columns are constants of this program; values are bound.
 */
public final class ViewQuery {

  private final Sql sql = new Sql();
  private final String view;
  private @Nullable String source;
  private @Nullable String size;
  private final List<String> arguments = new ArrayList<>();
  private final List<String> predicates = new ArrayList<>();
  private final Map<String, String> selected = new LinkedHashMap<>();
  private RowScope scope = RowScope.NOBODY;
  private @Nullable TimeRange range;
  private String order = "";
  private List<String> definitions = List.of();
  private String unit = "";
  private String population = "";
  private String direction = "";
  private @Nullable Integer resolutionSeconds;

  private ViewQuery(String view) {
    this.view = view;
  }

  public static ViewQuery of(String view) {
    return new ViewQuery(view);
  }

  /**
   * A SELECT of this program over several tables, in place of a view; the name stays for people.
   */
  public ViewQuery from(String select) {
    source = "(" + select + ")";
    return this;
  }

  /** Arguments from and until of the view. */
  public ViewQuery period(TimeRange period) {
    range = period;
    arguments.add("from = " + sql.bind("from", period.from()));
    arguments.add("until = " + sql.bind("until", period.until()));
    resolutionSeconds = 0;
    return this;
  }

  public ViewQuery at(Instant time) {
    arguments.add("at = " + sql.bind("at", time));
    return this;
  }

  public ViewQuery on(LocalDate day) {
    arguments.add("on = " + sql.bind("on", day));
    return this;
  }

  public ViewQuery step(int seconds) {
    arguments.add("step = " + seconds);
    resolutionSeconds = seconds;
    return this;
  }

  /** The period without arguments: the view or table has none. */
  public ViewQuery range(TimeRange period) {
    range = period;
    return this;
  }

  public ViewQuery resolution(@Nullable Integer seconds) {
    resolutionSeconds = seconds;
    return this;
  }

  public ViewQuery columns(String... names) {
    for (String name : names) {
      for (String column : name.trim().split("\\s+")) {
        selected.put(column, ColumnKind.selected(column));
      }
    }
    return this;
  }

  /** A column with an expression of this program. */
  public ViewQuery column(String name, String expression) {
    selected.put(name, expression + " AS `" + name + "`");
    return this;
  }

  /** A condition of this program's own SQL. */
  public ViewQuery where(String predicate) {
    predicates.add("(" + predicate + ")");
    return this;
  }

  public ViewQuery whereEquals(String column, String value) {
    return where("rows.%s = %s".formatted(column, sql.bind(column, value)));
  }

  public ViewQuery whereIn(String column, Collection<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    return where("has(%s, toString(rows.%s))".formatted(sql.bind(column + "s", values), column));
  }

  public ViewQuery whereAtLeast(String column, double least) {
    return where("rows.%s >= %s".formatted(column, sql.bind("least_" + column, least)));
  }

  /** What decides which rows a role sees. Without it nobody sees any. */
  public ViewQuery scope(RowScope rowScope) {
    scope = rowScope;
    return this;
  }

  public ViewQuery orderBy(String expressions) {
    order = expressions;
    return this;
  }

  public ViewQuery definitions(String... ids) {
    definitions = List.of(ids);
    return this;
  }

  public ViewQuery says(String ofPopulation, String ofDirection, String ofUnit) {
    population = ofPopulation;
    direction = ofDirection;
    unit = ofUnit;
    return this;
  }

  public Sql sql() {
    return sql;
  }

  public String view() {
    return view;
  }

  public RowScope scope() {
    return scope;
  }

  public @Nullable TimeRange range() {
    return range;
  }

  public List<String> definitionIds() {
    return definitions;
  }

  public String unit() {
    return unit;
  }

  public String population() {
    return population;
  }

  public String direction() {
    return direction;
  }

  public @Nullable Integer resolutionSeconds() {
    return resolutionSeconds;
  }

  /** On how much a row rests, as an expression, where it is not that of the population's share. */
  public ViewQuery restsOn(String expression) {
    size = expression;
    return this;
  }

  @Nullable String size() {
    return size == null && view.startsWith("def_ipv6_share_")
        ? "rows.observed_packets_v4 + rows.observed_packets_v6"
        : size;
  }

  public List<String> columnNames() {
    return List.copyOf(selected.keySet());
  }

  /** FROM and WHERE, with conditions more than those of the question. */
  String fromWhere(List<String> more) {
    List<String> all = new ArrayList<>(predicates);
    all.addAll(more);
    return " FROM %s%s AS rows%s"
        .formatted(
            source == null ? view : source,
            arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")",
            all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all));
  }

  String select(Collection<String> hidden) {
    return "SELECT "
        + selected.entrySet().stream()
            .filter(column -> !hidden.contains(column.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining(", "));
  }

  String orderBy() {
    return order.isEmpty() ? "" : " ORDER BY " + order;
  }
}
