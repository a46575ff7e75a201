package org.ipv6flow.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.ipv6flow.console.format.Csv;
import org.ipv6flow.console.format.Xlsx;
import org.ipv6flow.console.http.Answer;
import org.ipv6flow.console.http.Call;
import org.ipv6flow.console.http.Problem;
import org.ipv6flow.console.http.Tags;
import org.ipv6flow.console.query.Data;
import org.ipv6flow.console.query.Series;
import org.ipv6flow.console.query.Table;
import org.ipv6flow.console.query.ViewQuery;
import org.jspecify.annotations.Nullable;

/** Puts results into the format that was asked for. */
public final class Answers {

  public static final String JSON = "application/json";
  public static final String ARROW = "application/vnd.apache.arrow.stream";

  private static final JsonMapper MAPPER = new JsonMapper();

  /** What changes from one look to the next without any number changing. */
  private static final List<String> VOLATILE =
      List.of("queryMillis", "asOf", "dataDelaySeconds", "finalUntil", "sqlParameters");

  private final Data data;

  public Answers(Data data) {
    this.data = data;
  }

  /** Answers a question to a view by columns. */
  public Answer table(Call call, ViewQuery query) throws Problem, ClickHouseException {
    return answer(call, query, null);
  }

  /** Answers a question to a view with a series for each key. */
  public Answer series(Call call, ViewQuery query, String time, String... keys)
      throws Problem, ClickHouseException {
    return answer(call, query, new Series(time, List.of(keys)));
  }

  private Answer answer(Call call, ViewQuery query, @Nullable Series series)
      throws Problem, ClickHouseException {
    call.parameters().requireAllRead();
    if (call.format().equals("arrow")) {
      byte[] body = data.raw(query, call.principal(), "ArrowStream");
      return download(call, Answer.of(ARROW, body), "arrow").withHeader("ETag", Tags.weak(body));
    }
    Table table = data.table(query, call.principal());
    return of(call, table, series == null ? null : series.json(table));
  }

  /** A table in the format asked for; {@code json} in its place where that is JSON. */
  public static Answer of(Call call, Table table, @Nullable ObjectNode json) {
    Answer answer =
        switch (call.format()) {
          case "csv" -> download(call, Answer.of(Csv.MEDIA_TYPE, Csv.write(table.result())), "csv");
          case "xlsx" -> download(call, Answer.of(Xlsx.MEDIA_TYPE, Xlsx.write(table)), "xlsx");
          default -> json(json == null ? table.json() : json);
        };
    String tag =
        call.format().equals("json")
            ? answer.headers().getOrDefault("ETag", "")
            : Tags.weak(Csv.write(table.result()));
    return answer.withHeader("ETag", tag).withRows(table.result().rows());
  }

  public static Answer json(ObjectNode node) {
    JsonNode meta = node.path("meta");
    String tag;
    if (meta instanceof ObjectNode object) {
      ObjectNode stable = node.objectNode().setAll(node);
      stable.set("meta", object.deepCopy().remove(VOLATILE));
      tag = Tags.weak(bytes(stable));
    } else {
      tag = Tags.weak(bytes(node));
    }
    return Answer.of(JSON, bytes(node)).withHeader("ETag", tag);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer download(Call call, Answer answer, String extension) {
    return answer.withHeader(
        "Content-Disposition",
        "attachment; filename=\"ipv6flow-%s.%s\"".formatted(call.operation(), extension));
  }
}
