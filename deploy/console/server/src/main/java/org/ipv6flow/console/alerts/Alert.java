package org.ipv6flow.console.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that is or was wrong, as it was after one change of it.
 *
 * @param id of this occurrence: of rule, subject and time of begin
 * @param startedAt when it was first seen
 * @param firedAt null as long as it is pending
 * @param endedAt when it was first seen no more; null until it is resolved
 * @param silencedBy id of the silence that covers it
 */
public record Alert(
    String id,
    String rule,
    String severity,
    AlertState state,
    Map<String, String> subject,
    String summary,
    String summaryZh,
    Instant startedAt,
    Instant changedAt,
    @Nullable Instant firedAt,
    @Nullable Instant endedAt,
    double value,
    double threshold,
    @Nullable Double error95,
    @Nullable Double coverage,
    String unit,
    JsonNode evidence,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String note,
    @Nullable String silencedBy) {

  private static final int ID_DIGITS = 20;

  /** The same subject under the same rule, whenever. */
  String key() {
    return key(rule, subject);
  }

  static String key(String rule, Map<String, String> subject) {
    return rule + " " + new TreeMap<>(subject);
  }

  static String id(String key, Instant startedAt) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((key + " " + startedAt).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Alert in(AlertState next, Instant at) {
    return new Alert(
        id,
        rule,
        severity,
        next,
        subject,
        summary,
        summaryZh,
        startedAt,
        at,
        next == AlertState.FIRING && firedAt == null ? at : firedAt,
        next == AlertState.RESOLVED ? at : endedAt,
        value,
        threshold,
        error95,
        coverage,
        unit,
        evidence,
        acknowledgedBy,
        acknowledgedAt,
        note,
        silencedBy);
  }

  /** With the numbers of another look; the state is what it was. */
  Alert with(Finding finding, String newSummary, String newSummaryZh) {
    return new Alert(
        id,
        rule,
        severity,
        state,
        subject,
        newSummary,
        newSummaryZh,
        startedAt,
        changedAt,
        firedAt,
        endedAt,
        finding.value(),
        threshold,
        finding.error95(),
        finding.coverage(),
        unit,
        finding.evidence(),
        acknowledgedBy,
        acknowledgedAt,
        note,
        silencedBy);
  }

  Alert acknowledged(String user, @Nullable String text, Instant at) {
    return new Alert(
        id,
        rule,
        severity,
        state,
        subject,
        summary,
        summaryZh,
        startedAt,
        at,
        firedAt,
        endedAt,
        value,
        threshold,
        error95,
        coverage,
        unit,
        evidence,
        user,
        at,
        text,
        silencedBy);
  }

  Alert silenced(@Nullable String silence) {
    return new Alert(
        id,
        rule,
        severity,
        state,
        subject,
        summary,
        summaryZh,
        startedAt,
        changedAt,
        firedAt,
        endedAt,
        value,
        threshold,
        error95,
        coverage,
        unit,
        evidence,
        acknowledgedBy,
        acknowledgedAt,
        note,
        silence);
  }

  /** What users see: whoever silenced or acknowledged one that fires, changed how it looks. */
  String shownState() {
    if (state == AlertState.FIRING && silencedBy != null) {
      return "silenced";
    }
    return state == AlertState.FIRING && acknowledgedBy != null ? "acknowledged" : state.label();
  }

  /** As in the API, the topic and the webhook. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", id);
    node.put("rule", rule);
    node.put("severity", severity);
    node.put("state", shownState());
    ObjectNode about = node.putObject("subject");
    new TreeMap<>(subject).forEach(about::put);
    node.put("summary", summary);
    node.put("summaryZh", summaryZh);
    node.put("startedAt", startedAt.toString());
    node.put("changedAt", changedAt.toString());
    node.put("endedAt", endedAt == null ? null : endedAt.toString());
    node.put("value", value);
    node.put("threshold", threshold);
    node.put("error95", error95);
    node.put("coverage", coverage);
    node.put("unit", unit);
    node.set("evidence", evidence);
    node.put("acknowledgedBy", acknowledgedBy);
    node.put("acknowledgedAt", acknowledgedAt == null ? null : acknowledgedAt.toString());
    node.put("note", note);
    node.put("silencedBy", silencedBy);
    return node;
  }
}
