package org.ipv6flow.console.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that are open, and the silences: what is found becomes pending, fires once it was
 * found for as long as its rule waits, and is resolved once it was not found for as long.
 *
 * <p>Thread-safe.
 */
final class AlertBook {

  private final Map<String, Alert> open = new LinkedHashMap<>();
  private final Map<String, Instant> missingSince = new HashMap<>();
  private final Map<String, Silence> silences = new LinkedHashMap<>();

  /** Goes on from what was kept. */
  synchronized void restore(Collection<Alert> kept, Collection<Silence> keptSilences) {
    kept.forEach(alert -> open.put(alert.key(), alert));
    keptSilences.forEach(silence -> silences.put(silence.id(), silence));
  }

  /**
   * Takes what a rule found.
   *
   * @return alerts whose state has changed, as they are now
   */
  synchronized List<Alert> apply(
      AlertRule rule, double threshold, List<Finding> findings, Instant now) {
    List<Alert> changed = new ArrayList<>();
    Set<String> found = new HashSet<>();
    for (Finding finding : findings) {
      String key = Alert.key(rule.id(), finding.subject());
      if (!found.add(key)) {
        continue;
      }
      missingSince.remove(key);
      Alert before = open.get(key);
      Alert after =
          before == null
              ? begin(rule, threshold, finding, key, now)
              : before.with(
                  finding,
                  AlertTexts.fill(rule.summary(), finding.subject(), finding.value(), rule),
                  AlertTexts.fill(rule.summaryZh(), finding.subject(), finding.value(), rule));
      if (after.state() == AlertState.PENDING
          && !now.isBefore(after.startedAt().plus(rule.waits()))) {
        after = after.in(AlertState.FIRING, now);
      }
      after = after.silenced(silence(after, now));
      open.put(key, after);
      if (before == null || before.state() != after.state()) {
        changed.add(after);
      }
    }
    for (Alert alert : List.copyOf(open.values())) {
      String key = alert.key();
      if (!alert.rule().equals(rule.id()) || found.contains(key)) {
        continue;
      }
      Instant since = missingSince.computeIfAbsent(key, first -> now);
      if (alert.state() == AlertState.PENDING || !now.isBefore(since.plus(rule.waits()))) {
        open.remove(key);
        missingSince.remove(key);
        changed.add(alert.silenced(silence(alert, now)).in(AlertState.RESOLVED, now));
      }
    }
    return changed;
  }

  private static Alert begin(
      AlertRule rule, double threshold, Finding finding, String key, Instant now) {
    return new Alert(
        Alert.id(key, now),
        rule.id(),
        rule.severity(),
        AlertState.PENDING,
        finding.subject(),
        AlertTexts.fill(rule.summary(), finding.subject(), finding.value(), rule),
        AlertTexts.fill(rule.summaryZh(), finding.subject(), finding.value(), rule),
        now,
        now,
        null,
        null,
        finding.value(),
        threshold,
        finding.error95(),
        finding.coverage(),
        rule.unit(),
        finding.evidence(),
        null,
        null,
        null,
        null);
  }

  synchronized List<Alert> open() {
    return List.copyOf(open.values());
  }

  /** Null if there is no such open alert. */
  synchronized @Nullable Alert acknowledge(
      String id, String user, @Nullable String note, Instant now) {
    for (Map.Entry<String, Alert> entry : open.entrySet()) {
      if (entry.getValue().id().equals(id)) {
        Alert acknowledged = entry.getValue().acknowledged(user, note, now);
        entry.setValue(acknowledged);
        return acknowledged;
      }
    }
    return null;
  }

  synchronized void silence(Silence silence, Instant now) {
    silences.put(silence.id(), silence);
    refresh(now);
  }

  /** Ends a silence; null if there is none. */
  synchronized @Nullable Silence unsilence(String id, Instant now) {
    Silence silence = silences.remove(id);
    refresh(now);
    return silence == null ? null : silence.endingAt(now);
  }

  synchronized List<Silence> silences(Instant now) {
    silences.values().removeIf(silence -> !now.isBefore(silence.until()));
    return List.copyOf(silences.values());
  }

  private void refresh(Instant now) {
    open.replaceAll((key, alert) -> alert.silenced(silence(alert, now)));
  }

  private @Nullable String silence(Alert alert, Instant now) {
    for (Silence silence : silences.values()) {
      if (silence.covers(alert, now)) {
        return silence.id();
      }
    }
    return null;
  }
}
