package org.ipv6flow.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.clickhouse.QueryResult;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;
import org.ipv6flow.console.explore.Buckets;
import org.ipv6flow.console.explore.Completions;
import org.ipv6flow.console.explore.ExploreQuery;
import org.ipv6flow.console.explore.ExploreQuery.Measure;
import org.ipv6flow.console.explore.ExploreQuery.Order;
import org.ipv6flow.console.explore.ExploreSql;
import org.ipv6flow.console.explore.Family;
import org.ipv6flow.console.explore.Field;
import org.ipv6flow.console.explore.Fields;
import org.ipv6flow.console.explore.Filter;
import org.ipv6flow.console.explore.FilterError;
import org.ipv6flow.console.explore.FilterParser;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Endpoint;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Step;
import org.ipv6flow.console.query.Table;
import org.ipv6flow.console.query.TimeRange;
import org.ipv6flow.console.query.Times;
import org.ipv6flow.console.query.ViewQuery;
import org.jspecify.annotations.Nullable;

/** Explore: series, tables and matrices over what a filter lets through. */
final class QueryEndpoints implements EndpointGroup {

  static final int MAX_POINTS = 2_000;
  static final int MAX_SERIES = 100;
  private static final int MAX_DIMENSIONS = 5;
  private static final List<String> PREVIOUS =
      List.of("none", "hour", "day", "week", "month", "year");
  private static final Map<String, TemporalAmount> SHIFTS =
      Map.of(
          "hour", java.time.Duration.ofHours(1),
          "day", Period.ofDays(1),
          "week", Period.ofWeeks(1),
          "month", Period.ofMonths(1),
          "year", Period.ofYears(1));
  private static final List<String> STATISTICS =
      List.of("min", "max", "mean", "p95", "last", "total");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Data data;
  private final Times times;

  QueryEndpoints(Data data, Times times) {
    this.data = data;
    this.times = times;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("queryTimeseries", "/query/timeseries", this::timeseries),
        Endpoint.get("queryTop", "/query/top", this::top),
        Endpoint.get("queryMatrix", "/query/matrix", this::matrix),
        new Endpoint("validateFilter", "POST", "/filter/validate", this::validate),
        new Endpoint("completeFilter", "POST", "/filter/complete", this::complete));
  }

  /** Fields as /meta lists them. */
  static ArrayNode fields() {
    ArrayNode all = JSON.arrayNode();
    for (Field field : Fields.all()) {
      ObjectNode node = all.addObject();
      node.put("name", field.name());
      node.put("description", field.description());
      node.put(
          "type",
          switch (field.type()) {
            case STRING -> "string";
            case INTEGER, AS_NUMBER -> "integer";
            case ENUM -> "enum";
            case PREFIX -> "prefix";
          });
      field.values().forEach(node.putArray("values")::add);
      node.put("groupable", field.isGroupable());
      node.put("filterable", true);
      field.families().stream()
          .map(Family::table)
          .distinct()
          .sorted()
          .forEach(node.putArray("tables")::add);
    }
    return all;
  }

  private Answer timeseries(Call call) throws Problem, ClickHouseException {
    String previous = call.parameters().oneOf("previous", "none", PREVIOUS);
    ExploreQuery query = query(call, true, 1);
    call.parameters().requireAllRead();
    return series(call, query, previous, "value");
  }

  private Answer series(Call call, ExploreQuery query, String previous, String valueName)
      throws Problem, ClickHouseException {
    if (!call.format().equals("json")) {
      return cells(call, query);
    }
    Buckets buckets = buckets(query, query.range());
    Table now = table(call, query, sql(call, query, buckets).groups());
    ObjectNode answer = JSON.objectNode();
    answer.set("meta", now.meta());
    JsonNode t = now.result().rows() == 0 ? JSON.arrayNode() : now.result().value("t", 0);
    answer.set("t", t);
    ArrayNode columns = answer.putArray("columns");
    columns
        .addObject()
        .put("name", valueName)
        .put("type", "number")
        .put("unit", query.measure().unit());
    ArrayNode series = answer.putArray("series");
    addSeries(series, now.result(), query, valueName, false, t.size());
    if (!previous.equals("none")) {
      TimeRange before = shifted(query.range(), previous);
      QueryResult result =
          data.clickHouse().query(sql(call, query, buckets(query, before)).groups());
      addSeries(series, result, query, valueName, true, t.size());
    }
    return Answers.json(answer).withRows(now.result().rows());
  }

  private static void addSeries(
      ArrayNode series,
      QueryResult result,
      ExploreQuery query,
      String valueName,
      boolean isPrevious,
      int points) {
    for (int row = 0; row < result.rows(); row++) {
      ObjectNode one = series.addObject();
      boolean isOther = result.value("is_other", row).asBoolean();
      ObjectNode key = one.putObject("key");
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < query.dimensions().size(); i++) {
        String text = isOther ? "other" : result.text("k" + (i + 1), row);
        key.put(query.dimensions().get(i).name(), text);
        if (!isOther || i == 0) {
          labels.add(text);
        }
      }
      one.put("label", labels.isEmpty() ? "total" : String.join(" ", labels));
      one.put("isOther", isOther);
      one.put("isPrevious", isPrevious);
      ObjectNode statistics = one.putObject("stats").putObject(valueName);
      for (String name : STATISTICS) {
        statistics.set(name, result.value(name, row));
      }
      statistics.set("maxAt", result.value("max_at", row));
      ArrayNode values = one.putObject("values").putArray(valueName);
      JsonNode all = result.value("values", row);
      for (int i = 0; i < (points == 0 ? all.size() : points); i++) {
        values.add(i < all.size() ? all.get(i) : NullNode.instance);
      }
    }
  }

  private Answer cells(Call call, ExploreQuery query) throws Problem, ClickHouseException {
    Statement statement = sql(call, query, buckets(query, query.range())).cells(data.maxRows());
    return formatted(call, query, statement);
  }

  private Answer formatted(Call call, ExploreQuery query, Statement statement)
      throws Problem, ClickHouseException {
    if (call.format().equals("arrow")) {
      return Answer.of(Answers.ARROW, data.clickHouse().client().query(statement, "ArrowStream"));
    }
    return Answers.of(call, table(call, query, statement), null);
  }

  private Answer top(Call call) throws Problem, ClickHouseException {
    String previous = call.parameters().oneOf("previous", "none", PREVIOUS);
    ExploreQuery query = query(call, true, 1);
    call.parameters().requireAllRead();
    Buckets buckets = buckets(query, query.range());
    Statement statement = sql(call, query, buckets).table();
    if (previous.equals("none") || !call.format().equals("json")) {
      return formatted(call, query, statement);
    }
    Table now = table(call, query, statement);
    Map<String, JsonNode> before = new HashMap<>();
    QueryResult earlier =
        data.clickHouse()
            .query(sql(call, query, buckets(query, shifted(query.range(), previous))).table());
    for (int row = 0; row < earlier.rows(); row++) {
      before.put(key(earlier, query, row), earlier.value("mean", row));
    }
    ObjectNode answer = now.json();
    // The result may be another's, too: it is copied, not changed.
    ObjectNode columns = answer.putObject("data");
    columns.setAll(now.result().data());
    ArrayNode means = columns.putArray("mean_before");
    for (int row = 0; row < now.result().rows(); row++) {
      means.add(before.getOrDefault(key(now.result(), query, row), NullNode.instance));
    }
    return Answers.json(answer).withRows(now.result().rows());
  }

  private static String key(QueryResult result, ExploreQuery query, int row) {
    StringBuilder key = new StringBuilder(result.text("is_other", row));
    query.dimensions().forEach(d -> key.append('\t').append(result.text(d.name(), row)));
    return key.toString();
  }

  private Answer matrix(Call call) throws Problem, ClickHouseException {
    ExploreQuery query = query(call, false, 2);
    call.parameters().requireAllRead();
    if (query.dimensions().size() != 2) {
      throw Problem.parameter(
          "dimensions",
          "%d of them (expected: two, from and to)".formatted(query.dimensions().size()));
    }
    Statement table = sql(call, query, buckets(query, query.range())).table();
    String source = query.dimensions().get(0).name();
    String target = query.dimensions().get(1).name();
    Statement statement =
        new Statement(
            """
            SELECT
                if(is_other, 'other', %s) AS source, if(is_other, 'other', %s) AS target,
                mean AS value, total / nullIf(sum(total) OVER (), 0) AS fraction
            FROM (%s)
            ORDER BY is_other, value DESC\
            """
                .formatted(source, target, table.sql()),
            table.parameters());
    return formatted(call, query, statement);
  }

  /** Traffic of a link, split: a series for each direction and value. */
  Answer ofLink(Call call, String link, String split) throws Problem, ClickHouseException {
    String direction =
        call.parameters().oneOf("direction", "any", List.of("any", "a_to_b", "b_to_a"));
    int top = call.parameters().integer("top", 10, 1, 50);
    String previous = call.parameters().oneOf("previous", "none", PREVIOUS);
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    List<Field> dimensions = new ArrayList<>();
    dimensions.add(field("direction"));
    switch (split) {
      case "none", "direction" -> {}
      case "organisation" -> dimensions.add(field("source_organisation"));

      default -> dimensions.add(field(split));
    }
    Filter filter = only("link", link);
    if (!direction.equals("any")) {
      filter = new Filter.And(List.of(filter, only("direction", direction)));
    }
    Family family = family(dimensions, Optional.of(filter));
    Step step = step(call, family, range);
    call.parameters().requireAllRead();
    ExploreQuery query =
        new ExploreQuery(
            range,
            step,
            family,
            dimensions,
            Optional.of(filter),
            Measure.BPS,
            top * (direction.equals("any") ? 2 : 1),
            Order.MEAN,
            24,
            48);
    return series(call, query, previous, "bps");
  }

  private static Filter only(String field, String value) {
    return new Filter.Comparison(field(field), "=", List.of(value));
  }

  private static Field field(String name) {
    return Fields.find(name).orElseThrow();
  }

  Answer topsOfLink(Call call, String link) throws Problem, ClickHouseException {
    String by =
        call.parameters()
            .oneOf(
                "by",
                "source_as",
                List.of(
                    "source_as",
                    "destination_as",
                    "service",
                    "source_organisation",
                    "destination_organisation",
                    "source_prefix",
                    "destination_prefix",
                    "traffic_class"));
    String direction =
        call.parameters().oneOf("direction", "any", List.of("any", "a_to_b", "b_to_a"));
    int top = call.parameters().integer("top", 10, 1, 100);
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    call.parameters().requireAllRead();
    Filter filter = only("link", link);
    if (!direction.equals("any")) {
      filter = new Filter.And(List.of(filter, only("direction", direction)));
    }
    List<Field> dimensions = List.of(field(by));
    Family family = family(dimensions, Optional.of(filter));
    Step step = Step.choose("auto", family.steps(), range, data.now(), MAX_POINTS);
    ExploreQuery query =
        new ExploreQuery(
            range,
            step,
            family,
            dimensions,
            Optional.of(filter),
            Measure.OCTETS,
            top,
            Order.MEAN,
            24,
            48);
    return formatted(call, query, sql(call, query, buckets(query, range)).tops());
  }

  private Answer validate(Call call) throws Problem {
    String text = call.body().path("filter").asText("");
    FilterParser.Result result = FilterParser.parse(text);
    ObjectNode answer = JSON.objectNode();
    List<FilterError> errors = new ArrayList<>(result.errors());
    List<Field> dimensions = new ArrayList<>();
    for (String name : call.body().path("dimensions").asText("").split(",", -1)) {
      Fields.find(name.strip()).ifPresent(dimensions::add);
    }
    Set<Field> fields = ExploreQuery.fields(dimensions, result.filter());
    List<Family> families = Fields.holding(fields);
    if (errors.isEmpty() && families.isEmpty()) {
      errors.add(new FilterError(apart(fields), 0, Math.max(1, text.length()), List.of()));
    }
    answer.put("valid", errors.isEmpty());
    ArrayNode list = answer.putArray("errors");
    errors.forEach(error -> list.add(error.json(text)));
    if (result.filter().isPresent()) {
      answer.put("normalised", result.filter().get().text());
    } else {
      answer.putNull("normalised");
    }
    families.stream().map(Family::table).distinct().forEach(answer.putArray("tables")::add);
    return Answers.json(answer);
  }

  private Answer complete(Call call) throws Problem, ClickHouseException {
    String text = call.body().path("filter").asText("");
    int offset = call.body().path("offset").asInt(text.length());
    if (offset < 0 || offset > text.length()) {
      throw Problem.of(
          Problem.Kind.BAD_BODY, "offset %d is outside of the filter".formatted(offset));
    }
    Completions.Found found = Completions.at(text, offset);
    ObjectNode answer = JSON.objectNode();
    answer.put("from", found.from());
    answer.put("to", found.to());
    ArrayNode items = answer.putArray("items");
    found
        .items()
        .forEach(
            item ->
                items
                    .addObject()
                    .put("text", item.text())
                    .put("kind", item.kind())
                    .put("detail", item.detail()));
    if (found.values().isPresent()) {
      for (String value : known(call, found.values().get(), found.begun())) {
        boolean isBare = value.matches("[A-Za-z0-9_][A-Za-z0-9_.:/-]*");
        items
            .addObject()
            .put("text", isBare ? value : '"' + value.replace("\"", "\"\"") + '"')
            .put("kind", "value")
            .put("detail", "");
      }
    }
    return Answers.json(answer);
  }

  /** Values of a field that are stored, as far as the role sees the links. */
  private List<String> known(Call call, Field field, String begun) throws ClickHouseException {
    if (field.type() == Field.Type.PREFIX || field.type() == Field.Type.AS_NUMBER) {
      return List.of();
    }
    Sql sql = new Sql();
    String own = RowScope.LINK.predicate(call.principal(), sql);
    boolean ofLinks = field.columns().get(0).startsWith("places.") || field.name().equals("link");
    String column = field.columns().get(0).replace("places.", "rows.");
    String table =
        switch (field.families().iterator().next()) {
          case ORGANISATION_SOURCE, ORGANISATION_DESTINATION -> "organisation_traffic_1h";
          case SERVICE -> "service_traffic_1h";
          default -> "service_traffic_1h";
        };
    sql.add(
            "SELECT DISTINCT toString(%s) AS value FROM %s AS rows"
                .formatted(column, ofLinks ? "current_link_directions" : table))
        .add(
            " WHERE startsWith(lower(value), %s) AND value != ''"
                .formatted(sql.bind("begun", begun.toLowerCase(Locale.ROOT))));
    if (!ofLinks) {
      sql.add(" AND rows.bucket >= " + sql.bind("from", data.now().minusSeconds(7 * 86_400L)));
    }
    if (own != null) {
      sql.add(" AND " + own);
    }
    sql.add(" ORDER BY value LIMIT 50");
    QueryResult result = data.clickHouse().query(sql.statement());
    List<String> values = new ArrayList<>();
    result.data().path("value").forEach(value -> values.add(value.asText()));
    return values;
  }

  private ExploreQuery query(Call call, boolean hasOrder, int leastDimensions) throws Problem {
    TimeRange range = times.range(call.parameters(), "now-24h", data.now());
    List<Field> dimensions = new ArrayList<>();
    String asked =
        call.parameters()
            .text("dimensions", leastDimensions == 2 ? "from_operator,to_operator" : "");
    for (String name : asked.split(",", -1)) {
      if (!name.isBlank()) {
        dimensions.add(dimension(name.strip(), dimensions));
      }
    }
    if (dimensions.size() > MAX_DIMENSIONS) {
      throw Problem.parameter(
          "dimensions",
          "%d of them (expected: at most %d)".formatted(dimensions.size(), MAX_DIMENSIONS));
    }
    Optional<Filter> filter = filter(call.parameters().text("filter", ""));
    Family family = family(dimensions, filter);
    Measure measure =
        Measure.valueOf(
            call.parameters()
                .oneOf("measure", "bps", List.of("bps", "pps", "octets", "packets", "records"))
                .toUpperCase(Locale.ROOT));
    Order order =
        hasOrder
            ? Order.valueOf(
                call.parameters()
                    .oneOf("order_by", "mean", List.of("mean", "p95", "max", "last"))
                    .toUpperCase(Locale.ROOT))
            : Order.MEAN;
    return new ExploreQuery(
        range,
        step(call, family, range),
        family,
        dimensions,
        filter,
        measure,
        call.parameters().integer("top", 10, 1, MAX_SERIES),
        order,
        call.parameters().integer("truncate4", 24, 8, 24),
        call.parameters().integer("truncate6", 48, 16, 48));
  }

  private static Field dimension(String name, List<Field> before) throws Problem {
    Optional<Field> field = Fields.find(name);
    if (field.isEmpty() || !field.get().isGroupable()) {
      throw Problem.parameter(
          "dimensions",
          "'%s' is no dimension (there are: %s)"
              .formatted(
                  name,
                  String.join(
                      ", ",
                      Fields.all().stream().filter(Field::isGroupable).map(Field::name).toList())));
    }
    if (before.contains(field.get())) {
      throw Problem.parameter("dimensions", "'%s' is there twice".formatted(name));
    }
    return field.get();
  }

  private static Optional<Filter> filter(String text) throws Problem {
    FilterParser.Result result = FilterParser.parse(text);
    if (!result.errors().isEmpty()) {
      FilterError first = result.errors().get(0);
      List<JsonNode> errors = new ArrayList<>();
      result.errors().forEach(error -> errors.add(error.json(text)));
      throw Problem.filter(
          "at character %d: %s".formatted(first.offset() + 1, first.message()), errors);
    }
    return result.filter();
  }

  private static Family family(List<Field> dimensions, Optional<Filter> filter) throws Problem {
    Set<Field> fields = ExploreQuery.fields(dimensions, filter);
    List<Family> families = Fields.holding(fields);
    if (families.isEmpty()) {
      throw Problem.parameter("dimensions", apart(fields));
    }
    return families.get(0);
  }

  private static String apart(Set<Field> fields) {
    StringBuilder text = new StringBuilder("no table holds all of these:");
    fields.forEach(
        field ->
            text.append(
                " %s (%s)"
                    .formatted(
                        field.name(),
                        String.join(
                            ", ",
                            field.families().stream()
                                .map(Family::table)
                                .distinct()
                                .sorted()
                                .toList()))));
    return text.toString();
  }

  private Step step(Call call, Family family, TimeRange range) throws Problem {
    return Step.choose(
        call.parameters().text("step", "auto"), family.steps(), range, data.now(), MAX_POINTS);
  }

  private Buckets buckets(ExploreQuery query, TimeRange range) throws ClickHouseException {
    Instant stored = data.freshness().look().asOf();
    Instant now = data.now();
    Instant until = stored == null || stored.isAfter(now) ? now : stored;
    return Buckets.of(range, query.step(), data.bucketZone(), until);
  }

  private ExploreSql sql(Call call, ExploreQuery query, Buckets buckets) {
    return new ExploreSql(query, data.bucketZone().getId(), buckets, call.principal());
  }

  private Table table(Call call, ExploreQuery query, Statement statement)
      throws Problem, ClickHouseException {
    QueryResult result = data.clickHouse().query(statement);
    ViewQuery what =
        ViewQuery.of(query.family().table())
            .range(query.range())
            .resolution(query.step().seconds())
            .scope(RowScope.LINK)
            .says(
                query.filter().map(Filter::text).orElse("all traffic of links"),
                "both directions added unless told apart",
                query.measure().unit());
    ObjectNode meta = data.meta(what, call.principal(), result, false);
    meta.put("error95", "not given here; the definitions' views have it");
    if (query.family().isEstimate() && meta.path("warnings") instanceof ArrayNode warnings) {
      warnings.add("estimated from one flow record in 1000: small values are uncertain");
    }
    return new Table(meta, result);
  }

  private TimeRange shifted(TimeRange range, String previous) {
    TemporalAmount shift = SHIFTS.get(previous);
    return range.earlier(minus(range.from(), shift), minus(range.until(), shift));
  }

  private Instant minus(Instant time, @Nullable TemporalAmount shift) {
    ZonedDateTime local = time.atZone(data.bucketZone());
    return shift == null ? time : local.minus(shift).toInstant();
  }
}
