package org.ipv6flow.console.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Draws a chart as SVG, the same in HTML and PDF: lines, stacked areas, bars and stacked bars over
 * named places, the axis from zero. What is missing is a gap. Grey differs as the colours do, and
 * each series is named in the legend.
 */
final class Chart {

  private static final String[] COLOURS = {
    "#0b5394", "#e69138", "#38761d", "#990000", "#674ea7", "#45818e", "#7f6000", "#999999",
    "#c27ba0", "#3d85c6", "#6aa84f", "#b45f06"
  };
  private static final int WIDTH = 660;
  private static final int LEFT = 54;
  private static final int RIGHT = 22;
  private static final int TOP = 18;
  private static final int LABELS = 18;
  private static final int LEGEND = 16;
  private static final int LEGEND_COLUMNS = 4;
  private static final int TICKS = 4;

  /** How the values are drawn. */
  enum Kind {
    LINE,
    STACKED_AREA,
    BAR,
    STACKED_BAR
  }

  /**
   * A series.
   *
   * @param values one for each place; null or missing is a gap
   */
  record Series(String name, List<JsonNode> values) {}

  private final Kind kind;
  private final String title;
  private final List<String> places;
  private final List<Series> series;
  private final double scale;
  private final String unit;
  private final int height;

  /**
   * @param title for those who do not see it
   * @param scale values are divided by
   * @param unit after the division
   */
  Chart(
      Kind kind,
      String title,
      List<String> places,
      List<Series> series,
      double scale,
      String unit,
      int height) {
    this.kind = kind;
    this.title = title;
    this.places = places;
    this.series = series;
    this.scale = scale;
    this.unit = unit;
    this.height = height;
  }

  String svg() {
    int legendRows = (series.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    int total = height + LABELS + legendRows * LEGEND;
    double top = niceTop(highest());
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 %d %d\""
                .formatted(WIDTH, total)
            + " width=\"%d\" height=\"%d\" font-family=\"report\" font-size=\"9\">"
                .formatted(WIDTH, total));
    svg.append("<title>").append(Html.escape(title)).append("</title>\n");
    axis(svg, top);
    switch (kind) {
      case LINE -> lines(svg, top);
      case STACKED_AREA -> areas(svg, top);
      case BAR -> bars(svg, top);
      case STACKED_BAR -> stackedBars(svg, top);
    }
    placeLabels(svg);
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private void axis(StringBuilder svg, double top) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = top * tick / TICKS;
      double y = y(value, top);
      svg.append(line(LEFT, y, WIDTH - RIGHT, y, tick == 0 ? "#444444" : "#dddddd", 0.6));
      svg.append(text(LEFT - 4, y + 3, "end", number(value)));
    }
    svg.append(text(LEFT - 4, TOP - 8, "end", unit));
  }

  private void lines(StringBuilder svg, double top) {
    for (int s = 0; s < series.size(); s++) {
      StringBuilder path = new StringBuilder();
      boolean isDrawing = false;
      for (int i = 0; i < places.size(); i++) {
        JsonNode value = value(s, i);
        if (!value.isNumber()) {
          isDrawing = false;
          continue;
        }
        path.append(isDrawing ? 'L' : 'M').append(point(x(i), y(value.asDouble() / scale, top)));
        isDrawing = true;
        if (places.size() <= 31) {
          svg.append(
              "<circle cx=\"%s\" cy=\"%s\" r=\"1.6\" fill=\"%s\"/>"
                  .formatted(decimal(x(i)), decimal(y(value.asDouble() / scale, top)), colour(s)));
        }
      }
      svg.append(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s/>\n"
              .formatted(path, colour(s), s % 2 == 1 ? " stroke-dasharray=\"5 2\"" : ""));
    }
  }

  private void areas(StringBuilder svg, double top) {
    double[] base = new double[places.size()];
    for (int s = 0; s < series.size(); s++) {
      StringBuilder upper = new StringBuilder();
      StringBuilder lower = new StringBuilder();
      for (int i = 0; i < places.size(); i++) {
        double before = base[i];
        base[i] += value(s, i).asDouble() / scale;
        upper.append(i == 0 ? 'M' : 'L').append(point(x(i), y(base[i], top)));
        lower.insert(0, "L" + point(x(i), y(before, top)));
      }
      svg.append(
          "<path d=\"%s%sZ\" fill=\"%s\" fill-opacity=\"0.85\" stroke=\"#ffffff\" stroke-width=\"0.4\"/>\n"
              .formatted(upper, lower, colour(s)));
    }
  }

  private void bars(StringBuilder svg, double top) {
    double step = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, places.size());
    double width = step * 0.72 / Math.max(1, series.size());
    for (int s = 0; s < series.size(); s++) {
      for (int i = 0; i < places.size(); i++) {
        if (value(s, i).isNumber()) {
          double y = y(value(s, i).asDouble() / scale, top);
          svg.append(
              "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
                  .formatted(
                      decimal(LEFT + i * step + step * 0.14 + s * width),
                      decimal(y),
                      decimal(width),
                      decimal(TOP + plot() - y),
                      colour(s)));
          if (series.size() == 1 && places.size() <= 14) {
            svg.append(
                text(
                    LEFT + (i + 0.5) * step,
                    y - 2,
                    "middle",
                    number(value(s, i).asDouble() / scale)));
          }
        }
      }
    }
  }

  private void stackedBars(StringBuilder svg, double top) {
    double step = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, places.size());
    for (int i = 0; i < places.size(); i++) {
      double base = 0;
      for (int s = 0; s < series.size(); s++) {
        double value = value(s, i).asDouble() / scale;
        double y = y(base + value, top);
        svg.append(
            "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
                .formatted(
                    decimal(LEFT + i * step + step * 0.2),
                    decimal(y),
                    decimal(step * 0.6),
                    decimal(y(base, top) - y),
                    colour(s)));
        base += value;
      }
    }
  }

  private boolean isBar() {
    return kind == Kind.BAR || kind == Kind.STACKED_BAR;
  }

  private void placeLabels(StringBuilder svg) {
    int longest = places.stream().mapToInt(Chart::textWidth).max().orElse(1);
    int room = (WIDTH - LEFT - RIGHT) / Math.max(1, places.size());
    int every = Math.max(1, (longest + 6 + room - 1) / Math.max(1, room));
    for (int i = 0; i < places.size(); i += every) {
      double x = isBar() ? LEFT + (i + 0.5) * (WIDTH - LEFT - RIGHT) / places.size() : x(i);
      svg.append(text(x, TOP + plot() + 12, "middle", places.get(i)));
    }
  }

  private void legend(StringBuilder svg) {
    int column = (WIDTH - LEFT - RIGHT) / LEGEND_COLUMNS;
    for (int s = 0; s < series.size(); s++) {
      int x = LEFT + s % LEGEND_COLUMNS * column;
      int y = height + LABELS + s / LEGEND_COLUMNS * LEGEND + 4;
      svg.append(
          "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"6\" fill=\"%s\"/>"
              .formatted(x, y, colour(s)));
      svg.append(text(x + 16, y + 7, "start", series.get(s).name()));
    }
  }

  private JsonNode value(int s, int place) {
    return series.get(s).values().get(place);
  }

  private double highest() {
    double highest = 0;
    for (int i = 0; i < places.size(); i++) {
      double sum = 0;
      for (int s = 0; s < series.size(); s++) {
        double value = value(s, i).asDouble() / scale;
        sum += value;
        highest =
            Math.max(highest, kind == Kind.STACKED_AREA || kind == Kind.STACKED_BAR ? sum : value);
      }
    }
    return highest;
  }

  /** The next of 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10 times a power of ten: quarters read well. */
  private static double niceTop(double highest) {
    if (highest <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(highest)));
    for (double step : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10}) {
      if (highest <= step * power * (1 + 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private int plot() {
    return height - TOP;
  }

  private double x(int place) {
    return LEFT
        + (WIDTH - LEFT - RIGHT) * (places.size() < 2 ? 0.5 : place / (places.size() - 1.0));
  }

  private double y(double value, double top) {
    return TOP + plot() * (1 - value / top);
  }

  /** About so wide: a Chinese character is as wide as two letters. */
  private static int textWidth(String text) {
    return text.chars().map(c -> c > 0x2E80 ? 9 : 5).sum();
  }

  private static String colour(int s) {
    return COLOURS[s % COLOURS.length];
  }

  private static String point(double x, double y) {
    return decimal(x) + " " + decimal(y) + " ";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(value != 0 && value < 10 ? 2 : value < 100 ? 1 : 0, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String line(double x1, double y1, double x2, double y2, String colour, double w) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>\n"
        .formatted(decimal(x1), decimal(y1), decimal(x2), decimal(y2), colour, decimal(w));
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"#333333\">%s</text>\n"
        .formatted(decimal(x), decimal(y), anchor, Html.escape(text));
  }
}
