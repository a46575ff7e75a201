package org.ipv6flow.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Charts are well-formed, stay in their frame, and leave gaps where nothing is known. */
class ChartTest {

  private static final JsonNode GAP = NullNode.getInstance();

  @ParameterizedTest
  @EnumSource(Chart.Kind.class)
  void isWellFormedWhateverTheNames(Chart.Kind kind) throws Exception {
    String svg =
        chart(kind, List.of(value(0.1), GAP, value(0.3)), List.of(value(0.2), value(0.2), GAP));

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));

    assertThat(document.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 660 ");
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("share <of> \"all\" & more");
    assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
  }

  /** A line through what is missing would claim something. */
  @Test
  void lineIsBrokenWhereAValueIsMissing() {
    String svg =
        chart(
            Chart.Kind.LINE,
            List.of(value(0.1), GAP, value(0.3)),
            List.of(value(0.1), value(0.2), value(0.3)));
    List<String> paths = svg.lines().filter(line -> line.contains("<path")).toList();

    assertThat(paths.get(0).split("M", -1)).hasSize(3);
    assertThat(paths.get(1).split("M", -1)).hasSize(2);
  }

  private static String chart(Chart.Kind kind, List<JsonNode> first, List<JsonNode> second) {
    return new Chart(
            kind,
            "share <of> \"all\" & more",
            List.of("北京", "a<b", "c"),
            List.of(new Chart.Series("wire & native", first), new Chart.Series("线路", second)),
            0.01,
            "%",
            120)
        .svg();
  }

  private static JsonNode value(double value) {
    return DoubleNode.valueOf(value);
  }
}
