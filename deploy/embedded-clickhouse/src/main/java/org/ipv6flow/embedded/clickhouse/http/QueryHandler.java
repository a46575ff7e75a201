package org.ipv6flow.embedded.clickhouse.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbConnection;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbEngine;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbException;
import org.ipv6flow.embedded.clickhouse.chdb.ChdbResult.Summary;
import org.ipv6flow.embedded.clickhouse.http.QueryRequest.Coding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the statement of an exchange and answers it; one call per worker at a time. */
final class QueryHandler {

  private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);

  private static final int CANNOT_DECOMPRESS = 271;
  private static final int MAX_LOGGED_MESSAGE = 300;

  private final ChdbEngine engine;
  private final RunningStatements running;
  private final Sessions sessions;
  private final FrontMetrics metrics;
  private final Credentials credentials;

  QueryHandler(
      ChdbEngine engine,
      Credentials credentials,
      RunningStatements running,
      Sessions sessions,
      FrontMetrics metrics) {
    this.engine = engine;
    this.credentials = credentials;
    this.running = running;
    this.sessions = sessions;
    this.metrics = metrics;
  }

  void handle(Exchange exchange) throws IOException {
    ResponseStream response = exchange.response();
    Coding coding = Coding.IDENTITY;
    metrics.statements.increment();
    try {
      QueryRequest request = QueryRequest.of(exchange.request(), engine::hasSetting);
      coding = request.responseCoding();
      credentials.require(exchange.request());
      prepare(response, request);
      Summary summary = run(request, exchange);
      metrics.readRows.add(summary.readRows());
      metrics.writtenRows.add(summary.writtenRows());
      metrics.succeeded.increment();
    } catch (ClientGoneException e) {
      metrics.abandoned.increment();
      throw e;
    } catch (ChdbException e) {
      if (exchange.isAbandoned()) {
        metrics.abandoned.increment();
        throw new ClientGoneException(e.text());
      }
      metrics.failed.increment();
      answer(response, coding, e);
    } catch (IOException e) {
      // What is left is a body whose compression is broken.
      metrics.failed.increment();
      answer(
          response,
          coding,
          ChdbException.of(
              CANNOT_DECOMPRESS, "CANNOT_DECOMPRESS", "Cannot decompress: " + e.getMessage()));
    } finally {
      metrics.sentOctets.add(response.octets());
    }
  }

  private Summary run(QueryRequest request, Exchange exchange) throws ChdbException, IOException {
    long startNanos = System.nanoTime();
    InputStream body = Codings.decoder(request.requestCoding(), exchange.body());
    StatementReader.Statement statement = StatementReader.read(request.query(), body);
    ChdbConnection connection = connect(request);
    try {
      running.begin(request.queryId(), exchange);
      try {
        Summary summary = run(request, statement, body, connection, exchange.response());
        if (!exchange.response().isStarted()) {
          exchange
              .response()
              .headers()
              .set("X-ClickHouse-Summary", json(summary, System.nanoTime() - startNanos));
        }
        return summary;
      } finally {
        running.end(request.queryId(), exchange);
      }
    } finally {
      disconnect(request, connection);
    }
  }

  private Summary run(
      QueryRequest request,
      StatementReader.Statement statement,
      InputStream body,
      ChdbConnection connection,
      ResponseStream response)
      throws ChdbException, IOException {
    StatementRunner runner = new StatementRunner(connection, request.parameters());
    if (statement.dataFormat() != null) {
      metrics.inserts.increment();
      return runner.insert(statement, statement.dataFormat(), body);
    }
    OutputStream out = Codings.encoder(request.responseCoding(), response);
    Summary summary = runner.query(statement.sql(), request.format(), out);
    // Not in a finally block: an answer that failed must not end like a whole one.
    out.close();
    return summary;
  }

  private ChdbConnection connect(QueryRequest request) throws ChdbException {
    Map<String, String> settings = new LinkedHashMap<>(request.settings());
    ChdbConnection connection =
        request.sessionId() == null
            ? engine.connect(settings)
            : sessions.acquire(request.sessionId(), settings);
    if (request.database() == null) {
      return connection;
    }
    try {
      String name = request.database().replace("\\", "\\\\").replace("`", "\\`");
      connection.query("USE `" + name + "`", "Null").close();
      return connection;
    } catch (ChdbException e) {
      disconnect(request, connection);
      throw e;
    }
  }

  private void disconnect(QueryRequest request, ChdbConnection connection) {
    if (request.sessionId() == null) {
      connection.close();
    } else {
      sessions.release(request.sessionId());
    }
  }

  private void prepare(ResponseStream response, QueryRequest request) {
    response
        .headers()
        .set("X-ClickHouse-Query-Id", request.queryId())
        .set("X-ClickHouse-Server-Display-Name", "embedded")
        .set("X-ClickHouse-Timezone", engine.timezone())
        .set("X-ClickHouse-Format", request.format())
        .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
    String coding = Codings.contentEncoding(request.responseCoding());
    if (!coding.isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_ENCODING, coding);
    }
    if (request.waitsForEnd()) {
      response.waitForEnd();
    }
  }

  /** Drivers read the body of an error through the same compression as a result. */
  private void answer(ResponseStream response, Coding coding, ChdbException error)
      throws IOException {
    LOG.warn("statement failed: {}", shortened(error.text()));
    if (response.isStarted()) {
      throw new ClientGoneException("the answer had begun when the statement failed");
    }
    response.reset();
    response.setStatus(ErrorStatus.of(error.code()));
    response
        .headers()
        .set("X-ClickHouse-Exception-Code", error.code())
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");
    // Some messages of the engine end with its version already.
    String version =
        error.text().endsWith(")") && error.text().contains(" (version ")
            ? "\n"
            : " (version " + engine.version() + ")\n";
    String text = error.text() + version;
    try (OutputStream out = Codings.encoder(coding, response)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= MAX_LOGGED_MESSAGE ? line : line.substring(0, MAX_LOGGED_MESSAGE) + "…";
  }

  private static String json(Summary summary, long elapsedNanos) {
    return ("{\"read_rows\":\"%d\",\"read_bytes\":\"%d\",\"written_rows\":\"%d\","
            + "\"written_bytes\":\"%d\",\"total_rows_to_read\":\"0\",\"result_rows\":\"%d\","
            + "\"result_bytes\":\"0\",\"elapsed_ns\":\"%d\"}")
        .formatted(
            summary.readRows(),
            summary.readBytes(),
            summary.writtenRows(),
            summary.writtenBytes(),
            summary.resultRows(),
            elapsedNanos);
  }
}
