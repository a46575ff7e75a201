package org.ipv6flow.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is none (RFC 9457); its detail says what to change. */
public final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of problem, with its status and title. */
  public enum Kind {
    BAD_PARAMETER(400, "A parameter cannot be used"),
    BAD_FILTER(400, "The filter cannot be read"),
    BAD_BODY(400, "The body cannot be used"),
    TOO_MUCH(400, "The answer would be too large"),
    NOT_LOGGED_IN(401, "Nobody is logged in"),
    WRONG_LOGIN(401, "User or password is wrong"),
    NOT_PERMITTED(403, "Not for this role"),
    CSRF(403, "The CSRF token is missing or old"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD(405, "Not with this method"),
    NOT_ACCEPTABLE(406, "Not in this format"),
    CONFLICT(409, "It has changed meanwhile"),
    BODY_TOO_LARGE(413, "The body is too large"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    LOCKED(429, "Locked after failed logins"),
    INTERNAL(500, "The server failed"),
    UNAVAILABLE(503, "ClickHouse does not answer"),
    TIMED_OUT(504, "The query took too long");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    public int status() {
      return status;
    }

    public String title() {
      return title;
    }

    /** As {@code /problems/bad-parameter}. */
    public String type() {
      return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;
  private final @Nullable String parameter;
  private final int retryAfterSeconds;
  private final transient List<JsonNode> errors;

  private Problem(
      Kind kind,
      String detail,
      @Nullable String parameter,
      int retryAfterSeconds,
      List<JsonNode> errors) {
    super(detail);
    this.kind = kind;
    this.parameter = parameter;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = errors;
  }

  public static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, null, 0, List.of());
  }

  /** A parameter's value that cannot be used. */
  public static Problem parameter(String name, String detail) {
    return new Problem(Kind.BAD_PARAMETER, name + ": " + detail, name, 0, List.of());
  }

  /** A filter with its errors, each with a position. */
  public static Problem filter(String detail, List<JsonNode> errors) {
    return new Problem(Kind.BAD_FILTER, detail, "filter", 0, errors);
  }

  /** To be tried again. */
  public static Problem later(Kind kind, String detail, int retryAfterSeconds) {
    return new Problem(kind, detail, null, retryAfterSeconds, List.of());
  }

  public Kind kind() {
    return kind;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public @Nullable String parameter() {
    return parameter;
  }

  /** 0: no such header. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  public List<JsonNode> errors() {
    return errors;
  }
}
