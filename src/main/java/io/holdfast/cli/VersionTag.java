package io.holdfast.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One point in an entity's life, as ETags and event ids write it: {@code EPOCH.VERSION}. */
record VersionTag(long epoch, long version) {
  private static final Pattern FORM = Pattern.compile("(?:W/)?\"?(\\d{1,18})\\.(\\d{1,18})\"?");

  static Optional<VersionTag> parse(String text) {
    Matcher form = FORM.matcher(text.trim());
    return form.matches()
        ? Optional.of(new VersionTag(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  String etag() {
    return '"' + toString() + '"';
  }

  @Override
  public String toString() {
    return epoch + "." + version;
  }
}
