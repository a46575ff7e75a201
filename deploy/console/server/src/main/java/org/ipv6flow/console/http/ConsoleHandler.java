package org.ipv6flow.console.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.ipv6flow.console.access.Access;
import org.ipv6flow.console.access.Audit;
import org.ipv6flow.console.access.Gate;
import org.ipv6flow.console.access.Principal;
import org.ipv6flow.console.access.RateLimit;
import org.ipv6flow.console.access.Sessions;
import org.ipv6flow.console.clickhouse.ClickHouseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request: finds out who asks, whether they may, and how often; calls the endpoint; turns
 * what went wrong into a problem; writes the audit log. Endpoints themselves check nothing of this.
 */
public final class ConsoleHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleHandler.class);

  private static final String API = "/api/v1";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String TOKEN_HEADER = "X-CSRF-Token";
  private static final int MAX_BODY = 1 << 16;
  private static final Set<String> FORMATS = Set.of("json", "csv", "arrow", "xlsx");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Nothing from elsewhere; style attributes are what the charts' tooltips are made with. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private final Routes routes;
  private final Gate gate;
  private final Sessions sessions;
  private final RateLimit limit;
  private final Audit audit;
  private final StaticFiles files;
  private final OperationalPages pages;
  private final RequestMetrics metrics;
  private final Clock clock;
  private final JsonMapper mapper =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  public ConsoleHandler(
      Routes routes,
      Gate gate,
      Sessions sessions,
      RateLimit limit,
      Audit audit,
      StaticFiles files,
      OperationalPages pages,
      RequestMetrics metrics,
      Clock clock) {
    this.routes = routes;
    this.gate = gate;
    this.sessions = sessions;
    this.limit = limit;
    this.audit = audit;
    this.files = files;
    this.pages = pages;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long started = System.nanoTime();
    Trace trace = new Trace(request);
    Answer answer;
    try {
      answer = answer(request, trace);
    } catch (Problem e) {
      answer = problem(e, trace);
    } catch (ClickHouseException e) {
      LOG.warn("{} {}: {}", request.getMethod(), trace.path, e.getMessage());
      answer = problem(ofClickHouse(e), trace);
    } catch (RuntimeException e) {
      LOG.error("{} {}", request.getMethod(), trace.path, e);
      answer =
          problem(
              Problem.of(Problem.Kind.INTERNAL, "this is a fault of the server; its log has more"),
              trace);
    }
    double millis = (System.nanoTime() - started) / 1e6;
    if (trace.operation != null) {
      metrics.answered(trace.operation, answer.status(), millis);
      audit(request, trace, answer, millis);
    }
    write(request, response, callback, answer, trace.path);
    return true;
  }

  /** What is found out about a request on the way. */
  private static final class Trace {
    private final String path;
    private final String remote;
    private @Nullable String operation;
    private @Nullable Principal who;
    private String loginName = "";

    private Trace(Request request) {
      path = Request.getPathInContext(request);
      remote = Request.getRemoteAddr(request);
    }
  }

  private Answer answer(Request request, Trace trace) throws Problem, ClickHouseException {
    if (gate.isDemo()) {
      requireLoopbackName(request);
    }
    if (!trace.path.startsWith(API + "/")) {
      return page(request, trace);
    }
    Routes.Match match = routes.find(request.getMethod(), trace.path.substring(API.length()));
    String operation = match.endpoint().operationId();
    trace.operation = operation;
    Sessions.Session session = sessions.find(cookie(request));
    Optional<Principal> who =
        gate.who(trace.remote, name -> request.getHeaders().get(name), session);
    trace.who = who.orElse(null);
    int wait = limit.take(who.map(p -> "user " + p.user()).orElse("address " + trace.remote));
    if (wait > 0) {
      throw Problem.later(
          Problem.Kind.TOO_MANY_REQUESTS,
          "more than %d requests a minute; wait %d s".formatted(limit.perMinute(), wait),
          wait);
    }
    permit(operation, who);
    boolean writes = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    if (writes) {
      requireToken(request, operation, session);
    }
    Call call =
        new Call(
            who.orElse(null),
            operation,
            match.values(),
            new Parameters(query(request)),
            writes ? body(request, trace) : MissingNode.getInstance(),
            format(request),
            new Call.RequestFacts(
                trace.remote, session == null ? null : session.id(), isSecure(request, trace)));
    return notModified(request, match.endpoint().handler().answer(call));
  }

  private static void permit(String operation, Optional<Principal> who) throws Problem {
    if (who.isEmpty()) {
      if (Access.isOpen(operation)) {
        return;
      }
      throw Problem.of(Problem.Kind.NOT_LOGGED_IN, "log in first (POST /api/v1/session)");
    }
    if (!Access.permits(who.get().role(), operation)) {
      throw Problem.of(
          Problem.Kind.NOT_PERMITTED,
          "%s is not for the role %s (GET /api/v1/session lists what is)"
              .formatted(operation, who.get().role().label()));
    }
  }

  /** A write must show a token that other sites cannot know; a login has none yet. */
  private static void requireToken(
      Request request, String operation, Sessions.@Nullable Session session) throws Problem {
    if (operation.equals("logIn")) {
      String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
      if (type == null || !type.startsWith(JSON)) {
        throw Problem.of(Problem.Kind.BAD_BODY, "Content-Type must be application/json");
      }
      return;
    }
    String token = request.getHeaders().get(TOKEN_HEADER);
    if (session == null || token == null || !session.accepts(token)) {
      throw Problem.of(
          Problem.Kind.CSRF,
          "send the header X-CSRF-Token with csrfToken of GET /api/v1/session, and its cookie");
    }
  }

  private Answer page(Request request, Trace trace) throws Problem {
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (!reads) {
      throw Problem.of(
          Problem.Kind.METHOD, request.getMethod() + " (expected: GET, or a path below /api/v1)");
    }
    Optional<Answer> operational = pages.find(trace.path);
    if (operational.isPresent()) {
      return operational.get();
    }
    Optional<Answer> file = files.find(trace.path);
    if (file.isEmpty()) {
      throw Problem.of(Problem.Kind.NOT_FOUND, trace.path + ": no such page");
    }
    return notModified(request, file.get());
  }

  private static Answer notModified(Request request, Answer answer) {
    String asked = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
    String tag = answer.headers().get("ETag");
    if (asked == null || tag == null || answer.status() != 200 || !Tags.matches(asked, tag)) {
      return answer;
    }
    return new Answer(304, "", new byte[0], answer.headers(), answer.rows());
  }

  /** A page of another site must not reach a server without login by a name of its own. */
  private static void requireLoopbackName(Request request) throws Problem {
    String host = request.getHttpURI().getHost();
    if (host == null || !LOOPBACK_NAMES.contains(host)) {
      throw Problem.of(
          Problem.Kind.NOT_PERMITTED, "in demo mode only as localhost, 127.0.0.1 or [::1]");
    }
  }

  private boolean isSecure(Request request, Trace trace) {
    return request.isSecure()
        || (gate.isProxy(trace.remote)
            && "https".equals(request.getHeaders().get("X-Forwarded-Proto")));
  }

  private static @Nullable String cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(Sessions.COOKIE))
        .map(org.eclipse.jetty.http.HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, List<String>> query(Request request) throws Problem {
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(Problem.Kind.BAD_PARAMETER, "the query string is not well encoded");
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Fields.Field field : fields) {
      if (!field.getName().equals("format")) {
        values
            .computeIfAbsent(field.getName(), name -> new ArrayList<>())
            .addAll(field.getValues());
      }
    }
    return values;
  }

  private static String format(Request request) throws Problem {
    Fields fields = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
    String named = fields.getValue("format");
    if (named != null) {
      if (!FORMATS.contains(named)) {
        throw Problem.parameter(
            "format", "'%s' is not one of json, csv, arrow, xlsx".formatted(named));
      }
      return named;
    }
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    if (accept == null || accept.contains("json") || accept.contains("*/*")) {
      return "json";
    }
    if (accept.contains("text/csv")) {
      return "csv";
    }
    if (accept.contains("arrow")) {
      return "arrow";
    }
    return accept.contains("spreadsheetml") ? "xlsx" : "json";
  }

  private JsonNode body(Request request, Trace trace) throws Problem {
    byte[] bytes;
    try (InputStream in = Content.Source.asInputStream(request)) {
      bytes = in.readNBytes(MAX_BODY + 1);
    } catch (IOException e) {
      throw Problem.of(Problem.Kind.BAD_BODY, "the body broke off");
    }
    if (bytes.length > MAX_BODY) {
      throw Problem.of(Problem.Kind.BODY_TOO_LARGE, "more than %d octets".formatted(MAX_BODY));
    }
    if (bytes.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode node = mapper.readTree(bytes);
      if (!node.isObject()) {
        throw Problem.of(Problem.Kind.BAD_BODY, "the body must be a JSON object");
      }
      trace.loginName = node.path("user").asText("");
      return node;
    } catch (JsonProcessingException e) {
      throw Problem.of(
          Problem.Kind.BAD_BODY,
          "the body is no JSON (line %d, column %d)"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw Problem.of(Problem.Kind.BAD_BODY, "the body cannot be read");
    }
  }

  /** What a failure of ClickHouse means for who asked. */
  static Problem ofClickHouse(ClickHouseException e) {
    return switch (e.kind()) {
      case TIMED_OUT ->
          Problem.later(
              Problem.Kind.TIMED_OUT,
              "ask for a shorter period, a longer step or fewer members; then it is quicker",
              1);
      case TOO_LARGE ->
          Problem.of(
              Problem.Kind.TOO_MUCH, "ask for a shorter period, a longer step or fewer members");
      case BUSY ->
          Problem.later(
              Problem.Kind.TOO_MANY_REQUESTS, "too many queries are running; wait a little", 2);
      case UNREACHABLE ->
          Problem.later(
              Problem.Kind.UNAVAILABLE, "ClickHouse does not answer; /readyz says more", 5);
      case NO_SCHEMA ->
          Problem.later(
              Problem.Kind.UNAVAILABLE,
              "the database has not this release's schema (ipv6flow schema apply)",
              60);
      case FAILED ->
          Problem.of(
              Problem.Kind.INTERNAL, "ClickHouse refused the query; the server's log has more");
    };
  }

  private Answer problem(Problem problem, Trace trace) {
    ObjectNode node = mapper.createObjectNode();
    node.put("type", problem.kind().type());
    node.put("title", problem.kind().title());
    node.put("status", problem.kind().status());
    node.put("detail", problem.detail());
    node.put("instance", trace.path);
    if (problem.parameter() != null) {
      node.put("parameter", problem.parameter());
    }
    if (!problem.errors().isEmpty()) {
      ArrayNode errors = node.putArray("errors");
      problem.errors().forEach(errors::add);
    }
    Answer answer;
    try {
      answer =
          Answer.of(PROBLEM, mapper.writeValueAsBytes(node)).withStatus(problem.kind().status());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return problem.retryAfterSeconds() == 0
        ? answer
        : answer.withHeader("Retry-After", Integer.toString(problem.retryAfterSeconds()));
  }

  private void audit(Request request, Trace trace, Answer answer, double millis) {
    String operation = String.valueOf(trace.operation);
    Audit.Kind kind =
        switch (operation) {
          case "logIn", "logOut", "chooseRole" -> Audit.Kind.LOGIN;
          default ->
              request.getMethod().equals("GET") || request.getMethod().equals("HEAD")
                  ? Audit.Kind.QUERY
                  : Audit.Kind.CHANGE;
        };
    Principal who = trace.who;
    String query = request.getHttpURI().getQuery();
    audit.add(
        new Audit.Entry(
            clock.instant(),
            kind,
            operation.equals("logIn") ? trace.loginName : who == null ? "" : who.user(),
            who == null ? "" : who.role().label(),
            who == null ? null : who.operator(),
            trace.remote,
            request.getMethod(),
            trace.path,
            query == null ? "" : query,
            answer.status(),
            answer.rows(),
            millis));
  }

  private static void write(
      Request request, Response response, Callback callback, Answer answer, String path) {
    response.setStatus(answer.status());
    org.eclipse.jetty.http.HttpFields.Mutable headers = response.getHeaders();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (path.startsWith("/api/")) {
      headers.put(HttpHeader.CACHE_CONTROL, "private, no-cache");
      headers.put(HttpHeader.VARY, "Accept, Cookie");
    }
    answer.headers().forEach(headers::put);
    if (!answer.contentType().isEmpty()) {
      headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    }
    boolean hasNoBody = request.getMethod().equals("HEAD") || answer.body().length == 0;
    if (request.getMethod().equals("HEAD")) {
      headers.put(new HttpField(HttpHeader.CONTENT_LENGTH, Integer.toString(answer.body().length)));
    }
    response.write(
        true, hasNoBody ? ByteBuffer.allocate(0) : ByteBuffer.wrap(answer.body()), callback);
  }
}
