package org.ipv6flow.benchmarks.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bars themselves: what passes, what does not, and that nothing passes unmeasured. */
class GateMainTest {

  @Test
  void passesWhatKeepsEveryBar() {
    assertThat(GateMain.bars(good())).allMatch(Bar::holds);
  }

  @Test
  void failsWhatIsTooSlowBesideItsFloor() {
    Map<String, Bar.Result> results = good();
    results.put("columns", new Bar.Result(33.5, 0));

    assertThat(GateMain.bars(results))
        .filteredOn(bar -> !bar.holds())
        .extracting(Bar::text)
        .containsExactly("columns ≤ 11 × copies");
  }

  /** 0.6 µs of CPU per record. */
  @Test
  void failsAJobThatIsTooSlow() {
    Map<String, Bar.Result> results = good();
    results.put("everything", new Bar.Result(601, 0));
    results.put("decoding", new Bar.Result(60, 0));

    assertThat(GateMain.bars(results))
        .filteredOn(bar -> !bar.holds())
        .extracting(Bar::text)
        .containsExactly("everything ≤ 600 ns per record");
  }

  @Test
  void failsWhatAllocates() {
    Map<String, Bar.Result> results = good();
    results.put("datagramsToCompressedColumns", new Bar.Result(100, 0.6));

    assertThat(GateMain.bars(results)).filteredOn(bar -> !bar.holds()).hasSize(1);
  }

  @Test
  void failsWhatWasNotMeasured() {
    Map<String, Bar.Result> results = good();
    results.remove("decodeVariableLength");
    results.remove("copyDatagrams");

    assertThat(GateMain.bars(results)).filteredOn(bar -> !bar.holds()).hasSize(2);
  }

  private static Map<String, Bar.Result> good() {
    Map<String, Bar.Result> results = new HashMap<>();
    results.put("copies", new Bar.Result(3, 0));
    results.put("objects", new Bar.Result(140, 230));
    results.put("decodeIpv6", new Bar.Result(30, 0));
    results.put("columns", new Bar.Result(30, 0));
    results.put("decodeIpv4", new Bar.Result(30, 0));
    results.put("decodeReducedSizes", new Bar.Result(40, 0));
    results.put("decodeVariableLength", new Bar.Result(60, 0));
    results.put("decodeFrames", new Bar.Result(60, 0));
    results.put("encode", new Bar.Result(40, 0));
    results.put("copyDatagrams", new Bar.Result(3, 0));
    results.put("datagramsToCompressedColumns", new Bar.Result(150, 0.1));
    results.put("everything", new Bar.Result(400, 2));
    for (String ofTheJob :
        List.of(
            "linkTrafficAlone",
            "decoding",
            "deduplication",
            "bothAddresses",
            "classification",
            "estimate",
            "shuffle",
            "linkTraffic",
            "heldRows")) {
      results.put(ofTheJob, new Bar.Result(50, 0));
    }
    return results;
  }
}
