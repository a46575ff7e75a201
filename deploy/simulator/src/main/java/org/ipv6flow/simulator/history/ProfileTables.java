package org.ipv6flow.simulator.history;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ipv6flow.schema.inventory.Exporter;
import org.ipv6flow.schema.inventory.ExporterInterface;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.LinkCapacity;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.history.Events.Event;
import org.ipv6flow.simulator.traffic.DayOfYear;
import org.ipv6flow.simulator.traffic.DrawnAddress;
import org.ipv6flow.simulator.traffic.LinkProfile;
import org.ipv6flow.simulator.traffic.NationalNetwork;
import org.ipv6flow.simulator.traffic.Parties;

/** Writes what the statements read: links, exporters, sides of flows, days. */
final class ProfileTables {

  private static final long NEVER = 0xFFFF_FFFFL;

  /** Sides of flows that a link direction has: some of all that its operators have. */
  private static final int SIDES = 12;

  private static final int DRAWS = 256;
  private static final int PREFIXES = 64;

  private final Script script;
  private final String database;
  private final Inventory inventory;
  private final NationalNetwork network;
  private final List<LinkProfile> profiles;
  private final Events events;
  private final ZoneId zone;

  ProfileTables(
      Script script,
      String database,
      Inventory inventory,
      NationalNetwork network,
      List<LinkProfile> profiles,
      Events events,
      ZoneId zone) {
    this.script = script;
    this.database = database;
    this.inventory = inventory;
    this.network = network;
    this.profiles = profiles;
    this.events = events;
    this.zone = zone;
  }

  void write(LocalDate firstDay, LocalDate lastDay) throws SQLException {
    script.run("profiles", Map.of());
    insert("synthetic_links", profiles.stream().map(this::link).toList());
    Map<String, List<LinkProfile>> byExporter = new TreeMap<>();
    for (LinkProfile profile : profiles) {
      byExporter.computeIfAbsent(profile.exporter().id(), id -> new ArrayList<>()).add(profile);
    }
    insert("synthetic_exporters", byExporter.values().stream().map(this::exporter).toList());
    insert("synthetic_sides", sides());
    insert("synthetic_prefixes", prefixes());
    insert(
        "synthetic_days",
        List.of(
            row(
                firstDay
                    .datesUntil(lastDay.plusDays(1))
                    .map(day -> Double.toString(DayOfYear.factor(day)))
                    .collect(Collectors.joining(",", "[", "]")))));
  }

  private void insert(String table, List<String> rows) throws SQLException {
    script.execute(
        "INSERT INTO %s.%s VALUES %s".formatted(database, table, String.join(",", rows)));
  }

  private String link(LinkProfile profile) {
    List<Event> gaps = new ArrayList<>(events.silences(profile.link()));
    gaps.addAll(events.outages(profile.exporter()));
    Exporter other = null;
    long otherInterface = 0;
    for (Exporter exporter : inventory.exporters()) {
      for (ExporterInterface port : exporter.interfaces()) {
        if (!exporter.equals(profile.exporter()) && profile.link().id().equals(port.linkId())) {
          other = exporter;
          otherInterface = port.index();
        }
      }
    }
    LocalDate enabled = profile.link().ipv6EnabledOn();
    return row(
        text(profile.link().id()),
        text(profile.observation().direction().label()),
        address(profile.exporter()),
        seed(profile.link().id() + profile.observation().direction().label()),
        profile.samplingInterval(),
        profile.capacityBitsPerSecond(),
        profile.peak(),
        profile.longPhase(),
        profile.shortPhase(),
        enabled == null ? NEVER : seconds(enabled),
        profile.link().capacities().stream().map(this::period).collect(list()),
        profile.mix().stream().map(ProfileTables::part).collect(list()),
        gaps.stream().map(ProfileTables::times).collect(list()),
        events.collapses(profile.link()).stream().map(ProfileTables::times).collect(list()),
        other == null ? "'::'" : address(other),
        otherInterface,
        other == null ? 0 : intervalOf(other),
        text(profile.fromOperatorId()),
        text(profile.toOperatorId()),
        shares(network.asShares(profile.fromOperatorId())),
        shares(network.asShares(profile.toOperatorId())));
  }

  private long intervalOf(Exporter exporter) {
    return profiles.stream()
        .filter(profile -> profile.exporter().equals(exporter))
        .mapToLong(LinkProfile::samplingInterval)
        .findFirst()
        .orElse(exporter.samplingInterval());
  }

  private String period(LinkCapacity capacity) {
    LocalDate until = capacity.until();
    return row(
        seconds(capacity.from()), until == null ? NEVER : seconds(until), capacity.bitsPerSecond());
  }

  private static String part(LinkProfile.Part part) {
    int code = part.trafficClass().code();
    int ipVersion = code >= TrafficClass.V6_NATIVE.code() ? 6 : 4;
    return row(
        code, ipVersion, part.share(), part.meanPacketOctets(), part.meanSquarePacketOctets());
  }

  private String exporter(List<LinkProfile> metered) {
    Exporter exporter = metered.get(0).exporter();
    double records = 0;
    for (LinkProfile profile : metered) {
      for (LinkProfile.Part part : profile.mix()) {
        records +=
            profile.capacityBitsPerSecond()
                / 8.0
                * profile.peak()
                * part.share()
                / part.meanPacketOctets()
                / profile.samplingInterval()
                / LinkProfile.packetsPerRecord();
      }
    }
    return row(
        address(exporter),
        exporter.protocol().equals("ipfix") ? 10 : 9,
        exporter.observationDomainBase(),
        seed(exporter.id()),
        records,
        events.outages(exporter).stream().map(ProfileTables::times).collect(list()),
        events.losses(exporter).stream()
            .map(event -> row(event.from(), event.until(), event.amount()))
            .collect(list()));
  }

  private List<String> sides() {
    Parties parties = new Parties(inventory);
    Map<String, List<Parties.Side>> drawn = new TreeMap<>();
    for (String operator : operators()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        drawn.put(
            operator + ipv6,
            network.drawAddresses(operator, ipv6, DRAWS).stream()
                .map(address -> parties.of(operator, address))
                .toList());
      }
    }
    List<String> rows = new ArrayList<>();
    for (LinkProfile profile : profiles) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        for (boolean source : new boolean[] {true, false}) {
          String operator = source ? profile.fromOperatorId() : profile.toOperatorId();
          rows.add(side(profile, ipv6, source, drawn.getOrDefault(operator + ipv6, List.of())));
        }
      }
    }
    return rows;
  }

  private static String side(
      LinkProfile profile, boolean ipv6, boolean source, List<Parties.Side> drawn) {
    String direction = profile.observation().direction().label();
    int first = Math.floorMod((profile.link().id() + direction + ipv6 + source).hashCode(), DRAWS);
    Map<Parties.Side, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < SIDES; i++) {
      counts.merge(drawn.get((first + i) % drawn.size()), 1, Integer::sum);
    }
    return row(
        text(profile.link().id()),
        text(direction),
        ipv6 ? 6 : 4,
        text(source ? "source" : "destination"),
        counts.entrySet().stream()
            .map(
                entry ->
                    row(
                        text(entry.getKey().organisation()),
                        text(entry.getKey().kind()),
                        text(entry.getKey().industry()),
                        text(entry.getKey().operator()),
                        text(entry.getKey().province()),
                        text(entry.getKey().region()),
                        text(entry.getKey().access()),
                        (double) entry.getValue() / SIDES))
            .collect(list()));
  }

  /** Truncated to /24 and /48, as flow samples are. */
  private List<String> prefixes() {
    List<String> rows = new ArrayList<>();
    for (String operator : operators()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        rows.add(
            row(
                text(operator),
                ipv6 ? 6 : 4,
                network.drawAddresses(operator, ipv6, PREFIXES).stream()
                    .map(ProfileTables::truncated)
                    .collect(list())));
      }
    }
    return rows;
  }

  private static String truncated(DrawnAddress address) {
    long bits = address.ipv6() ? address.high() : address.low();
    return address.ipv6()
        ? "'%x:%x:%x::'".formatted(bits >>> 48, bits >>> 32 & 0xFFFF, bits >>> 16 & 0xFFFF)
        : "'::ffff:%d.%d.%d.0'"
            .formatted(bits >>> 24 & 0xFF, bits >>> 16 & 0xFF, bits >>> 8 & 0xFF);
  }

  private List<String> operators() {
    return profiles.stream()
        .flatMap(profile -> Stream.of(profile.fromOperatorId(), profile.toOperatorId()))
        .distinct()
        .sorted()
        .toList();
  }

  private static String shares(Map<Long, Double> shares) {
    return shares.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .collect(list());
  }

  private static String times(Event event) {
    return row(event.from(), event.until());
  }

  private long seconds(LocalDate day) {
    return Math.max(0, Math.min(NEVER, day.atStartOfDay(zone).toEpochSecond()));
  }

  private static long seed(String name) {
    return name.hashCode() * 0x9e37_79b9L >>> 8 & 0xFFFF_FFFFL;
  }

  /** IPv4 is mapped. */
  private static String address(Exporter exporter) {
    try {
      byte[] octets = InetAddress.getByName(exporter.address()).getAddress();
      return text(octets.length == 4 ? "::ffff:" + exporter.address() : exporter.address());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("exporter " + exporter.id() + ": no address", e);
    }
  }

  private static Collector<CharSequence, ?, String> list() {
    return Collectors.joining(",", "[", "]");
  }

  private static String row(Object... values) {
    return Arrays.stream(values)
        .map(value -> value instanceof Double number ? number(number) : value.toString())
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.17g", value);
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
