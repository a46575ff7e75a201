package org.ipv6flow.console.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.RowScope;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A question of Explore as one statement: sums by bucket, the largest groups, the rest as one more,
 * and of each the series and its statistics. The 95th percentile is that of docs/definitions.md: of
 * n values the highest once the floor(n / 20) highest are left out; a bucket without rows is 0.
 */
public final class ExploreSql {

  private final ExploreQuery query;
  private final Sql sql = new Sql();
  private final String zone;
  private final Buckets buckets;
  private final @Nullable String own;
  private @Nullable String filterCondition;

  /**
   * @param zone time zone of days and months in the store
   */
  public ExploreSql(ExploreQuery query, String zone, Buckets buckets, Principal who) {
    this.query = query;
    this.zone = zone;
    this.buckets = buckets;
    own = RowScope.LINK.predicate(who, sql);
  }

  /** A row for each group: dimensions as {@code k1, k2, …}, series and statistics. */
  public Statement groups() {
    return statement(
        "SELECT %sis_other, values, t, min, max, max_at, mean, p95, last, total FROM (%s) ORDER BY is_other, total DESC"
            .formatted(list("k", ", "), statistics()));
  }

  /** A row for each group without its series. */
  public Statement table() {
    return statement(
        "SELECT %sis_other, min, mean, max, max_at, p95, last, total FROM (%s) ORDER BY is_other, total DESC"
            .formatted(named(), statistics()));
  }

  /** A row for each group and bucket. */
  public Statement cells(int limit) {
    return statement(
        "SELECT pair.1 AS bucket, %sis_other, pair.2 AS value FROM (%s) ARRAY JOIN arrayZip(t, values) AS pair ORDER BY is_other, total DESC, bucket LIMIT %d"
            .formatted(named(), statistics(), limit));
  }

  /** The largest by octets and the rest, with both IP versions; for one dimension. */
  public Statement tops() {
    boolean hasVariance = query.family() != Family.FLOWS;
    String rows =
        "SELECT %s AS d1, rows.ip_version AS version, rows.octets AS octets, %s AS variance FROM (%s) AS rows%s WHERE %s"
            .formatted(
                dimension(query.dimensions().get(0)),
                hasVariance ? "rows.octets_variance" : "0.",
                rows(),
                "",
                conditions());
    return statement(
        """
        SELECT
            row_number() OVER (ORDER BY is_other, octets DESC, key) AS rank, key,
            if(is_other, 'other', key) AS label, octets, octets_v4, octets_v6,
            octets * 8 / %1$d AS mean_bps, octets / nullIf(sum(octets) OVER (), 0) AS fraction,
            %2$s AS octets_error95
        FROM
        (
            SELECT
                d1 NOT IN (SELECT d1 FROM (%3$s) GROUP BY d1 ORDER BY sum(octets) DESC, d1 LIMIT %4$d)
                    AS is_other,
                if(is_other, '', d1) AS key, sum(part.octets) AS octets,
                sumIf(part.octets, part.version = 4) AS octets_v4,
                sumIf(part.octets, part.version = 6) AS octets_v6, sum(part.variance) AS variance
            FROM (%3$s) AS part
            GROUP BY is_other, key
        )
        ORDER BY rank\
        """
            .formatted(
                buckets.until().getEpochSecond() - buckets.from().getEpochSecond(),
                hasVariance ? "1.96 * sqrt(variance)" : "NULL",
                rows,
                query.top()));
  }

  /** Made once: it stands in the statement in several places, with the same parameters. */
  private String filterSql(Filter filter) {
    if (filterCondition == null) {
      filterCondition = new FilterSql(sql).condition(filter);
    }
    return filterCondition;
  }

  private String conditions() {
    List<String> conditions = new ArrayList<>();
    if (own != null) {
      conditions.add(own);
    }
    query.filter().ifPresent(filter -> conditions.add(filterSql(filter)));
    return conditions.isEmpty() ? "1" : String.join(" AND ", conditions);
  }

  private Statement statement(String text) {
    return new Statement(text, sql.statement().parameters());
  }

  private String statistics() {
    ExploreQuery.Measure measure = query.measure();
    String values =
        measure.isRate()
            ? "arrayMap((sum, length) -> sum * %d / length, sums, seconds)"
                .formatted(measure.factor())
            : "sums";
    String mean =
        measure.isRate()
            ? "arraySum(sums) * %d / arraySum(seconds)".formatted(measure.factor())
            : "arraySum(sums) / length(sums)";
    String folded =
        query.dimensions().isEmpty()
            ? "0 AS is_other"
            : IntStream.rangeClosed(1, query.dimensions().size())
                .mapToObj(i -> "if(is_other, '', d%1$d) AS k%1$d".formatted(i))
                .collect(Collectors.joining(", ", "NOT " + isLargest() + " AS is_other, ", ""));
    String keys = list("k", ", ");
    int rank = buckets.count() / 20 + 1;
    return """
    WITH
        %s AS seconds,
        %s AS t
    SELECT
        %stoBool(is_other) AS is_other, t,
        %s AS values,
        arrayMin(values) AS min,
        arrayMax(values) AS max,
        t[indexOf(values, max)] AS max_at,
        %s AS mean,
        arrayPartialReverseSort(%d, values)[%d] AS p95,
        values[-1] AS last,
        arraySum(sums) AS total
    FROM
    (
        SELECT %sis_other, groupArrayInsertAt(0., %d)(sum, place) AS sums
        FROM
        (
            SELECT %s, place, sum(cell) AS sum
            FROM (%s)
            GROUP BY %sis_other, place
        )
        GROUP BY %sis_other
    )\
    """
        .formatted(
            bucketArray(
                "greatest(1, toUnixTimestamp(least(bucket_end, %s)) - toUnixTimestamp(bucket))"
                    .formatted(sql.bind("until", buckets.until()))),
            bucketArray("bucket"),
            keys,
            values,
            mean,
            rank,
            rank,
            keys,
            buckets.count(),
            folded,
            cells(),
            keys,
            keys);
  }

  /** Something of each bucket, in order, as an array. */
  private String bucketArray(String expression) {
    return "(SELECT groupArray(one) FROM (SELECT %s AS one FROM buckets(from = %s, until = %s, step = %d) ORDER BY bucket))"
        .formatted(
            expression,
            sql.bind("from", buckets.from()),
            sql.bind("until", buckets.until()),
            query.step().seconds());
  }

  /** Whether a cell is of the largest groups. */
  private String isLargest() {
    String weight =
        switch (query.order()) {
          case MEAN -> "sum(cell)";
          case MAX -> "max(cell)";
          case LAST -> "sumIf(cell, place = %d)".formatted(buckets.count() - 1);
          case P95 ->
              "arrayPartialReverseSort(%1$d, groupArrayInsertAt(0., %2$d)(cell, place))[%1$d]"
                  .formatted(buckets.count() / 20 + 1, buckets.count());
        };
    String names = list("d", "");
    return "(%1$s) IN (SELECT %1$s FROM (%2$s) GROUP BY %1$s ORDER BY %3$s DESC, %1$s LIMIT %4$d)"
        .formatted(names, cells(), weight, query.top());
  }

  /** Sums of the measure by dimensions and place of the bucket. */
  private String cells() {
    return "SELECT %1$splace, sum(toFloat64(measured)) AS cell FROM (%2$s) GROUP BY %1$splace"
        .formatted(list("d", ", "), located());
  }

  private String located() {
    boolean needsPlaces =
        ExploreQuery.fields(query.dimensions(), query.filter()).stream()
            .anyMatch(field -> field.columns().get(0).startsWith("places."));
    return "SELECT %s%s AS place, rows.%s AS measured FROM (%s) AS rows%s WHERE %s"
        .formatted(
            IntStream.range(0, query.dimensions().size())
                .mapToObj(i -> dimension(query.dimensions().get(i)) + " AS d" + (i + 1) + ", ")
                .collect(Collectors.joining()),
            place(),
            query.measure().column(),
            rows(),
            needsPlaces
                ? " LEFT JOIN current_link_directions AS places ON places.link = rows.link"
                    + " AND places.direction = rows.direction"
                : "",
            conditions());
  }

  private String dimension(Field field) {
    String column = field.columns().get(0);
    return switch (field.type()) {
      case PREFIX ->
          """
          if(rows.ip_version = 4,
              concat(toString(tupleElement(IPv4CIDRToRange(toIPv4(replaceOne(toString(%1$s), '::ffff:', '')), %2$d), 1)), '/%2$d'),
              concat(toString(tupleElement(IPv6CIDRToRange(%1$s, %3$d), 1)), '/%3$d'))\
          """
              .formatted(column, query.truncate4(), query.truncate6());
      default -> "toString(" + column + ")";
    };
  }

  /** Which bucket of the period, from 0. */
  private String place() {
    String first = sql.bind("from", buckets.from());
    return switch (query.step()) {
      case MONTH -> "toUInt32(dateDiff('month', %s, rows.bucket, '%s'))".formatted(first, zone);
      case DAY -> "toUInt32(dateDiff('day', %s, rows.bucket, '%s'))".formatted(first, zone);
      default ->
          "toUInt32(intDiv(toUnixTimestamp(rows.bucket) - toUnixTimestamp(%s), %d))"
              .formatted(first, query.step().seconds());
    };
  }

  /** Rows of the family's table with bucket, link, direction, ip_version and the measures. */
  private String rows() {
    String period =
        "bucket >= %s AND bucket < %s"
            .formatted(sql.bind("from", buckets.from()), sql.bind("until", buckets.until()));
    String table =
        switch (query.family()) {
          case LINK ->
              // With later issues, which buckets of 10 s do not have.
              "link_traffic_rows(from = %s, until = %s, step = %d)"
                  .formatted(
                      sql.bind("from", buckets.from()),
                      sql.bind("until", buckets.until()),
                      query.step().seconds());
          case AS -> query.step().seconds() >= 3_600 ? "as_traffic_1h" : "as_traffic_1m";
          case ORGANISATION_SOURCE, ORGANISATION_DESTINATION ->
              query.step().seconds() >= 86_400
                  ? "organisation_traffic_1d"
                  : query.step().seconds() >= 3_600
                      ? "organisation_traffic_1h"
                      : "organisation_traffic_5m";
          case SERVICE ->
              query.step().seconds() >= 3_600 ? "service_traffic_1h" : "service_traffic_5m";
          case FLOWS -> "flow_samples";
        };
    return switch (query.family()) {
      case LINK -> "SELECT * FROM " + table;
      case ORGANISATION_SOURCE ->
          "SELECT * FROM %s WHERE %s AND side = 'source'".formatted(table, period);
      case ORGANISATION_DESTINATION ->
          "SELECT * FROM %s WHERE %s AND side = 'destination'".formatted(table, period);
      case FLOWS ->
          """
          SELECT
              time AS bucket, link, direction, ip_version, traffic_class, source_prefix,
              destination_prefix, source_as, destination_as, protocol, service,
              octets * one_in AS octets, packets * one_in AS packets, toUInt64(one_in) AS records
          FROM flow_samples WHERE time >= %s AND time < %s\
          """
              .formatted(sql.bind("from", buckets.from()), sql.bind("until", buckets.until()));
      default -> "SELECT * FROM %s WHERE %s".formatted(table, period);
    };
  }

  /** {@code k1 AS source_as, …}: the names the API has for them. */
  private String named() {
    return IntStream.range(0, query.dimensions().size())
        .mapToObj(i -> "k%d AS %s, ".formatted(i + 1, query.dimensions().get(i).name()))
        .collect(Collectors.joining());
  }

  private String list(String prefix, String end) {
    String names =
        IntStream.rangeClosed(1, query.dimensions().size())
            .mapToObj(i -> prefix + i)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : names + end;
  }
}
