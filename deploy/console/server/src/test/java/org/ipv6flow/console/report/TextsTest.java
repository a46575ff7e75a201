package org.ipv6flow.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Words and figures. */
class TextsTest {

  @Test
  void bothLanguagesSayTheSame() {
    assertThat(new Texts("zh-CN").keys()).isEqualTo(new Texts("en").keys());
  }

  @Test
  void noTextIsLeftInTheOtherLanguage() {
    Texts chinese = new Texts("zh-CN");

    assertThat(chinese.keys())
        .filteredOn(key -> key.startsWith("method.") || key.startsWith("note."))
        .allSatisfy(key -> assertThat(chinese.get(key)).containsPattern("\\p{IsHan}"));
  }

  @Test
  void figuresAreRoundedHalfUpAndGrouped() {
    assertThat(Figures.percent(number("0.123450"), 2)).isEqualTo("12.35 %");
    assertThat(Figures.gigabits(number("1234567894999"))).isEqualTo("1,234.57");
    assertThat(Figures.points(number("-0.0123"))).isEqualTo("−1.23");
    assertThat(Figures.points(number("0.0123"))).isEqualTo("+1.23");
    assertThat(Figures.growth(number("0.5"))).isEqualTo("+50.0 %");
  }

  /** An error keeps two significant digits, and is never 0 unless it is. */
  @Test
  void errorsKeepTheirSize() {
    assertThat(Figures.plusMinus(number("0.0456"))).isEqualTo("±4.56");
    assertThat(Figures.plusMinus(number("0.00000234"))).isEqualTo("±0.00023");
    assertThat(Figures.plusMinus(number("0.000000000001"))).isEqualTo("±<0.00001");
    assertThat(Figures.plusMinus(number("0"))).isEqualTo("±0");
  }

  private static JsonNode number(String text) {
    return DecimalNode.valueOf(new BigDecimal(text));
  }
}
