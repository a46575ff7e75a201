package org.ipv6flow.console.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ipv6flow.console.clickhouse.Sql;
import org.ipv6flow.console.clickhouse.Statement;

/**
 * A question whose rows are what is wrong.
 *
 * @param definition of the number it looks at, in docs/definitions.md
 * @param unit of value, threshold and error
 * @param threshold unless the settings say another
 * @param every how often it is asked
 * @param waits how long something must be wrong before it fires, and right before it is resolved
 * @param summary in English; {@code {name}} stands for a part of the subject, {@code {value}} and
 *     {@code {threshold}} for the numbers
 * @param sql gives columns subject (a map), value, error95 and coverage, and others as evidence.
 *     {@code $at} is the minute up to which everything is stored, {@code $five} the same cut to
 *     five minutes, {@code $now} the time; {@code $at-900} is 900 s earlier
 */
public record AlertRule(
    String id,
    String severity,
    String definition,
    String unit,
    double threshold,
    Duration every,
    Duration waits,
    String summary,
    String summaryZh,
    String sql) {

  private static final Pattern TIME = Pattern.compile("\\$(at|five|now)(?:-([0-9]+))?");
  private static final long FIVE_MINUTES = 300;

  Statement statement(Instant at, Instant now, double limit) {
    Sql bound = new Sql();
    Map<String, Instant> times =
        Map.of(
            "at", at,
            "five", Instant.ofEpochSecond(at.getEpochSecond() / FIVE_MINUTES * FIVE_MINUTES),
            "now", now);
    String text = TIME.matcher(sql).replaceAll(time -> placeholder(bound, times, time));
    if (text.contains("$threshold")) {
      text = text.replace("$threshold", bound.bind("threshold", limit));
    }
    return bound.add(text).statement();
  }

  private static String placeholder(Sql bound, Map<String, Instant> times, MatchResult time) {
    Instant base = times.getOrDefault(time.group(1), Instant.EPOCH);
    String seconds = time.group(2);
    return seconds == null
        ? bound.bind(time.group(1), base)
        : bound.bind(time.group(1) + "_" + seconds, base.minusSeconds(Long.parseLong(seconds)));
  }
}
