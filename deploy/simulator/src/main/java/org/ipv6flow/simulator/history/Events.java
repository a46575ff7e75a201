package org.ipv6flow.simulator.history;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.Link;
import org.ipv6flow.simulator.traffic.LinkProfile;

/**
 * What went wrong in the synthetic past, counted back from its last day. A past that is shorter has
 * less of it.
 */
final class Events {

  /** Of octets, while an exporter's messages get lost. */
  private static final double LOSS = 0.04;

  /** A time in epoch seconds, and how much. */
  record Event(long from, long until, double amount) {}

  private final LocalDate lastDay;
  private final ZoneId zone;
  private final List<Link> links;
  private final List<Exporter> exporters;

  Events(List<LinkProfile> profiles, LocalDate lastDay, ZoneId zone) {
    this.lastDay = lastDay;
    this.zone = zone;
    links = profiles.stream().map(LinkProfile::link).distinct().toList();
    exporters =
        profiles.stream()
            .map(LinkProfile::exporter)
            .distinct()
            .sorted(Comparator.comparing(Exporter::id))
            .toList();
  }

  /** IPv6 is gone from a link, and a part of it comes back as IPv4. */
  List<Event> collapses(Link link) {
    List<Event> events = new ArrayList<>();
    List<Link> withIpv6 = links.stream().filter(one -> one.ipv6EnabledOn() != null).toList();
    if (isAt(withIpv6, 2, link)) {
      events.add(event(9, "14:05", 9, "17:40", 1));
    }
    if (isAt(withIpv6, withIpv6.size() - 3, link)) {
      events.add(event(33, "02:10", 33, "02:55", 1));
    }
    return events;
  }

  /** A link that carries nothing, though its exporters report. */
  List<Event> silences(Link link) {
    List<Event> events = new ArrayList<>();
    if (isAt(links, links.size() / 2, link)) {
      events.add(event(26, "00:00", 20, "00:00", 1));
    }
    if (isAt(links, links.size() - 6, link)) {
      events.add(event(36_500, "00:00", 60, "08:00", 1));
    }
    return events;
  }

  /** An exporter of which nothing came: its link directions are not seen. */
  List<Event> outages(Exporter exporter) {
    List<Event> events = new ArrayList<>();
    if (isAt(exporters, 5, exporter)) {
      events.add(event(5, "01:10", 5, "07:25", 1));
    }
    if (isAt(exporters, exporters.size() - 4, exporter)) {
      events.add(event(100, "00:00", 98, "00:00", 1));
    }
    return events;
  }

  /** An exporter of which a part got lost on the way. */
  List<Event> losses(Exporter exporter) {
    return isAt(exporters, 7, exporter) ? List.of(event(3, "18:00", 2, "00:00", LOSS)) : List.of();
  }

  private Event event(int daysFrom, String from, int daysUntil, String until, double amount) {
    return new Event(seconds(daysFrom, from), seconds(daysUntil, until), amount);
  }

  private long seconds(int daysBefore, String time) {
    long seconds =
        lastDay.minusDays(daysBefore).atTime(LocalTime.parse(time)).atZone(zone).toEpochSecond();
    return Math.max(0, seconds);
  }

  private static <T> boolean isAt(List<T> list, int index, T element) {
    return index >= 0 && index < list.size() && list.get(index).equals(element);
  }
}
